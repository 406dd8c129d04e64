"""Alerts, their stories and what is due later."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from redis.asyncio import Redis

from bots.newsroom.alerts.alert import Alert, AlertDraft, AlertState, Importance
from bots.newsroom.alerts.article import Article, Link, LinkKind
from bots.newsroom.stories import Story
from bots.storage.keys import ND, Family, key
from bots.storage.stores import Stores
from tests.storage.values import SetClock, publish, subjects

ARTICLE = Article(
    "Strike at dawn",
    key_facts=("One", "Two"),
    links=(Link("Read", "https://example.org", LinkKind.STORY),),
    question="Was it right?",
)


async def schedule(stores: Stores, clock: SetClock, seconds: float, op: str = "later") -> Alert:
    at = clock() + timedelta(seconds=seconds)
    return await stores.alerts.add(AlertDraft(ARTICLE), state=AlertState.SCHEDULED, now=clock(), publish_at=at, op=op)


async def test_an_alert_comes_back_as_it_was_and_makes_its_story(stores: Stores, clock: SetClock) -> None:
    draft = AlertDraft(ARTICLE, Importance.BREAKING, "world", "p7")

    alert = await stores.alerts.add(draft, state=AlertState.PUBLISHED, now=clock(), publish_at=clock(), op="1")

    assert alert == Alert(
        id="a1",
        story_id="s1",
        article=ARTICLE,
        importance=Importance.BREAKING,
        topic="world",
        poll_id="p7",
        state=AlertState.PUBLISHED,
        version=1,
        created_at=clock(),
        publish_at=clock(),
    )
    assert await stores.alerts.get("a1") == alert
    assert await stores.alerts.of_story("s1") == alert
    assert await stores.alerts.of_poll("p7") == alert
    assert await stores.stories.get("s1") == Story("s1", "Strike at dawn", "world")


async def test_the_same_command_repeated_fifty_times_makes_one_alert_and_one_event(
    stores: Stores, clock: SetClock
) -> None:
    alerts = await asyncio.gather(*(publish(stores, clock, "same") for _ in range(50)))

    assert {alert.id for alert in alerts} == {"a1"}
    assert await subjects(stores) == ["alert:a1"]


async def test_what_is_unknown_is_none(stores: Stores) -> None:
    assert await stores.alerts.get("a404") is None
    assert await stores.alerts.of_story("s404") is None
    assert await stores.alerts.of_poll("p404") is None
    assert await stores.stories.get("s404") is None
    assert await stores.alerts.move("a404", AlertState.RETRACTED, reason="") is None


async def test_the_newest_come_first(stores: Stores, clock: SetClock) -> None:
    for number in range(12):
        await publish(stores, clock, str(number))

    assert [alert.id for alert in await stores.alerts.newest(3)] == ["a12", "a11", "a10"]


async def test_a_scheduled_alert_is_published_when_its_time_has_come(stores: Stores, clock: SetClock) -> None:
    alert = await schedule(stores, clock, 60)
    assert await stores.alerts.release(clock()) == ()

    clock.pass_(3600)  # nobody was there in time

    assert await stores.alerts.release(clock()) == (alert.id,)
    assert await stores.alerts.release(clock()) == ()
    assert await stores.alerts.get(alert.id) == replace(alert, state=AlertState.PUBLISHED, version=2)
    assert await subjects(stores) == ["alert:a1", "alert:a1"]


async def test_one_of_fifty_schedulers_releases(stores: Stores, clock: SetClock) -> None:
    await schedule(stores, clock, 0)

    released = await asyncio.gather(*(stores.alerts.release(clock()) for _ in range(50)))

    assert sorted(map(len, released)) == [0] * 49 + [1]


async def test_a_cancelled_alert_is_never_released(stores: Stores, clock: SetClock) -> None:
    alert = await schedule(stores, clock, 60)

    cancelled = await stores.alerts.move(alert.id, AlertState.CANCELLED, reason="wrong")

    clock.pass_(60)
    assert await stores.alerts.release(clock()) == ()
    assert cancelled == replace(alert, state=AlertState.CANCELLED, version=2, reason="wrong")
    assert await stores.alerts.get(alert.id) == cancelled


@pytest.mark.parametrize("end", ["released", "cancelled"])
async def test_nothing_that_is_over_stays_in_the_due_set(
    stores: Stores, clock: SetClock, redis: Redis, end: str
) -> None:
    alert = await schedule(stores, clock, 0)
    due = key(ND, Family.DUE)
    assert await redis.zrange(due, 0, -1) == [alert.id]

    if end == "released":
        await stores.alerts.release(clock())
    else:
        await stores.alerts.move(alert.id, AlertState.CANCELLED, reason="")

    assert await redis.zcard(due) == 0


async def test_a_retraction_happens_once_and_only_to_what_is_out(stores: Stores, clock: SetClock) -> None:
    alert = await publish(stores, clock)
    scheduled = await schedule(stores, clock, 60)
    await subjects(stores)

    first = await stores.alerts.move(alert.id, AlertState.RETRACTED, reason="wrong name")
    again = await stores.alerts.move(alert.id, AlertState.RETRACTED, reason="other words")

    assert first == again == replace(alert, state=AlertState.RETRACTED, version=2, reason="wrong name")
    assert await stores.alerts.move(scheduled.id, AlertState.RETRACTED, reason="") == scheduled
    assert await subjects(stores) == ["alert:a1"]
