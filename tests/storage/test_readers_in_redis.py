"""What readers asked for."""

import asyncio

from redis.asyncio import Redis

from bots.newsroom.readers import ALL_TOPICS, Draft
from bots.storage.keys import Family, key, partition
from bots.storage.paging import PAGE
from bots.storage.stores import Stores
from tests.storage.values import DISCORD, TELEGRAM


async def followers(stores: Stores, topic: str) -> list[str]:
    return [account async for account in stores.readers.subscribers(TELEGRAM, topic)]


async def test_a_choice_of_topics_replaces_the_one_before(stores: Stores) -> None:
    await stores.readers.subscribe(TELEGRAM, "5", frozenset({"world", "sport"}))
    await stores.readers.subscribe(TELEGRAM, "5", frozenset({"world", "money"}))

    assert await stores.readers.topics(TELEGRAM, "5") == {"world", "money"}
    assert await followers(stores, "sport") == []
    assert await followers(stores, "money") == ["5"]
    assert await stores.readers.topics(DISCORD, "5") == frozenset()


async def test_who_follows_everything_and_the_topic_is_met_once(stores: Stores) -> None:
    await stores.readers.subscribe(TELEGRAM, "5", frozenset({ALL_TOPICS, "world"}))
    await stores.readers.subscribe(TELEGRAM, "6", frozenset({"world"}))
    await stores.readers.subscribe(TELEGRAM, "7", frozenset({ALL_TOPICS}))
    await stores.readers.subscribe(DISCORD, "8", frozenset({"world"}))

    assert sorted(await followers(stores, "world")) == ["5", "6", "7"]
    assert sorted(await followers(stores, ALL_TOPICS)) == ["5", "7"]


async def test_more_followers_than_a_page_are_each_met_once(stores: Stores) -> None:
    accounts = [account for account in map(str, range(20000)) if partition(TELEGRAM, account) == "{p3}"][: PAGE + 20]
    for account in accounts:
        await stores.readers.subscribe(TELEGRAM, account, frozenset({"world"}))

    assert sorted(await followers(stores, "world")) == sorted(accounts)


async def test_a_press_toggles_a_topic_once(stores: Stores) -> None:
    results = await asyncio.gather(*(stores.readers.toggle(TELEGRAM, "5", "world", "press 1") for _ in range(50)))

    assert set(results) == {frozenset({"world"})}
    assert await followers(stores, "world") == ["5"]
    assert await stores.readers.toggle(TELEGRAM, "5", "world", "press 2") == frozenset()
    assert await followers(stores, "world") == []


async def test_who_is_gone_gets_nothing_any_more(stores: Stores) -> None:
    await stores.readers.subscribe(TELEGRAM, "5", frozenset({ALL_TOPICS, "world"}))

    await stores.readers.gone(TELEGRAM, "5")

    assert await followers(stores, "world") == []
    assert await stores.readers.topics(TELEGRAM, "5") == frozenset()


async def test_a_reader_is_told_once_on_each_platform(stores: Stores) -> None:
    assert not await stores.readers.was_told(TELEGRAM, "5")

    await stores.readers.told(TELEGRAM, "5")

    assert await stores.readers.was_told(TELEGRAM, "5")
    assert not await stores.readers.was_told(DISCORD, "5")


async def test_a_draft_lasts_until_it_is_written_or_half_an_hour(stores: Stores, redis: Redis) -> None:
    await stores.drafts.begin(TELEGRAM, "5", Draft("s1", "c7"))

    assert await stores.drafts.current(TELEGRAM, "5") == Draft("s1", "c7")
    assert await stores.drafts.current(TELEGRAM, "6") is None
    name = key(partition(TELEGRAM, "5"), Family.DRAFT, TELEGRAM, "5")
    assert 0 < await redis.ttl(name) <= 1800
    await stores.drafts.end(TELEGRAM, "5")
    assert await stores.drafts.current(TELEGRAM, "5") is None
