import pytest
from redis.asyncio import Redis

from bots.storage.client import connect
from bots.storage.keys import ND, Family, key
from bots.storage.labels_of_service import RedisHistory, RedisLabels
from bots.storage.service_stores import open_service_stores
from moderation import StoreAway, Suggestion
from tests.storage.values import SetClock

ROW = Suggestion("You idiot", {"toxicity": 1.0}, ("en",), "comment:c1", "Coral:https://coral.example")


async def test_what_is_suggested_is_kept_once_in_order_and_for_a_year(redis: Redis, clock: SetClock) -> None:
    labels = RedisLabels(redis, clock)
    other = Suggestion("Thank you", {"toxicity": 0.0})
    for suggestion in (ROW, other, ROW):
        await labels.keep(suggestion)
    assert [row.suggestion async for row in labels.rows()] == [ROW, other]
    year = 365 * 86_400
    assert await redis.ttl(key(ND, Family.LABELS)) > year


async def test_a_second_thought_is_a_row_of_its_own(redis: Redis, clock: SetClock) -> None:
    labels = RedisLabels(redis, clock)
    again = Suggestion(ROW.text, {"toxicity": 0.0}, ROW.languages, ROW.token, ROW.community)
    await labels.keep(ROW)
    await labels.keep(again)
    assert [row.suggestion.values["toxicity"] async for row in labels.rows()] == [1.0, 0.0]


async def test_half_a_character_does_not_lose_the_rest(redis: Redis, clock: SetClock) -> None:
    labels = RedisLabels(redis, clock)
    await labels.keep(Suggestion("a\ud83d", {"insult": 1.0}, token="\ud83d"))
    assert [row.suggestion.text async for row in labels.rows()] == ["a?"]


async def test_many_rows_are_read_page_by_page(redis: Redis, clock: SetClock) -> None:
    labels = RedisLabels(redis, clock)
    for number in range(501):
        await labels.keep(Suggestion(str(number), {"toxicity": 0.0}))
    assert [row.suggestion.text async for row in labels.rows()] == [str(number) for number in range(501)]


async def test_an_author_s_recent_texts_come_back_and_are_forgotten_after_a_day(redis: Redis) -> None:
    history = RedisHistory(redis)
    assert await history.exchange("coral:t:a", "one") == ()
    assert await history.exchange("coral:t:a", "two \ud83d") == ("one",)
    assert await history.exchange("coral:t:b", "three") == ()
    for number in range(30):
        before = await history.exchange("coral:t:a", str(number))
    assert before == tuple(map(str, range(9, 29)))
    names = await redis.keys("*:history:*")
    assert not any("coral" in name for name in names)
    assert all([0 < await redis.ttl(name) <= 86_400 for name in names])


async def test_a_store_that_is_away_is_told(clock: SetClock) -> None:
    nowhere = connect("redis://127.0.0.1:9/0")
    with pytest.raises(StoreAway, match="does not answer"):
        await RedisLabels(nowhere, clock).keep(ROW)
    with pytest.raises(StoreAway, match="does not answer"):
        await RedisHistory(nowhere).exchange("a", "b")
    await nowhere.aclose()


async def test_all_of_it_works_on_a_cluster_too(cluster_url: str, clock: SetClock) -> None:
    async with open_service_stores(cluster_url, clock, allow_volatile=True) as stores:
        given = await stores.keys.add("on-a-cluster", per_minute=2)
        allowance = await stores.keys.take(given, 1)
        await stores.labels.keep(ROW)
        assert [row.suggestion async for row in stores.labels.rows()] == [ROW]
        assert await stores.history.exchange("on a cluster", "one") == ()
        assert await stores.keys.revoke("on-a-cluster")
    assert allowance
    assert allowance.remaining == 1
