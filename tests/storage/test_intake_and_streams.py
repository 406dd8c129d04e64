"""Updates and events: kept in order, each done by somebody, and not for ever."""

import asyncio
from datetime import timedelta

from redis.asyncio import Redis

from bots.newsroom.delivery.posts import Sent
from bots.storage import streams
from bots.storage.housekeeping import NEWEST
from bots.storage.keys import ND, Family, key
from bots.storage.lua import Script
from bots.storage.stores import Stores
from tests.storage.values import SetClock, publish, subjects

EVENTS = key(ND, Family.EVENTS)


def update(number: int) -> dict[str, object]:
    return {"update_id": number, "message": {"text": f"Nº {number} \ud83d"}}  # half a surrogate pair: hostile


async def taken(stores: Stores) -> list[int]:
    work = await stores.updates.take("handler", 100, 0)
    await stores.updates.done([receipt for receipt, _ in work])
    return [each["update_id"] for _, each in work]


async def test_updates_come_out_whole_and_in_their_order(stores: Stores) -> None:
    await stores.updates.keep([update(7), update(8)])
    await stores.updates.keep([update(9)])

    work = await stores.updates.take("handler", 100, 0)

    assert [each for _, each in work] == [update(7), update(8), update(9)]


async def test_an_update_is_kept_once_however_often_the_platform_sends_it(stores: Stores) -> None:
    await stores.updates.keep([update(7), update(8)])
    assert await taken(stores) == [7, 8]

    await asyncio.gather(*(stores.updates.keep([update(7), update(8), update(9)]) for _ in range(50)))

    assert await taken(stores) == [9]


async def test_the_next_offset_is_one_more_than_the_highest_kept(stores: Stores) -> None:
    assert await stores.updates.next_offset() == 0

    await stores.updates.keep([update(8), update(9)])
    await stores.updates.keep([update(7)])
    await stores.updates.keep([])

    assert await stores.updates.next_offset() == 10


async def test_after_a_week_of_silence_a_lower_number_may_follow(stores: Stores, redis: Redis) -> None:
    await stores.updates.keep([update(8)])

    week = timedelta(days=7).total_seconds()

    assert 0 < await redis.ttl(key(ND, Family.NEXT_UPDATE)) < week


async def test_the_work_of_who_died_goes_to_the_next_before_new_work(stores: Stores, redis: Redis) -> None:
    await stores.updates.keep([update(1), update(2)])
    [(first, _), (second, _)] = await stores.updates.take("dies", 2, 0)
    await stores.updates.done([first])
    await stores.updates.keep([update(3)])
    updates, idle = key(ND, Family.UPDATES), streams.CLAIM_AFTER // timedelta(milliseconds=1)
    await redis.xclaim(updates, "handlers", "dies", 0, [second], idle=idle)  # as after that time

    assert await taken(stores) == [2]
    assert await taken(stores) == [3]
    assert await taken(stores) == []


async def test_work_in_living_hands_is_not_taken_away(stores: Stores) -> None:
    await stores.updates.keep([update(1)])
    await stores.updates.take("lives", 1, 0)

    assert await taken(stores) == []


async def test_consumers_that_are_gone_for_good_are_forgotten_but_not_their_work(stores: Stores, redis: Redis) -> None:
    updates = key(ND, Family.UPDATES)
    await stores.updates.keep([update(1)])
    await stores.updates.take("with work", 1, 0)
    await stores.updates.take("idle", 1, 0)

    silent = -1  # milliseconds: as if a day had passed
    await Script(redis, "stream_trim")([updates], 0, silent)

    assert [consumer["name"] for consumer in await redis.xinfo_consumers(updates, "handlers")] == ["with work"]
    assert await redis.xlen(updates) == 1


async def test_an_unknown_group_starts_at_the_oldest_event(stores: Stores, clock: SetClock) -> None:
    await publish(stores, clock)

    assert await subjects(stores, "telegram") == ["alert:a1"]
    assert await subjects(stores, "telegram") == []
    assert await subjects(stores, "discord") == ["alert:a1"]


async def test_a_lost_group_is_made_again(stores: Stores, clock: SetClock, redis: Redis) -> None:
    await publish(stores, clock)
    await subjects(stores)
    await redis.xgroup_destroy(EVENTS, "telegram")

    assert await subjects(stores) == ["alert:a1"]


async def test_a_stream_is_trimmed_behind_its_slowest_group_and_what_it_has_in_hand(
    stores: Stores, clock: SetClock, redis: Redis
) -> None:
    for number in range(5):
        await publish(stores, clock, str(number))
    await subjects(stores, "telegram")
    in_hand = await stores.events.read("discord", "slow", 2, 0)
    await stores.events.done("discord", [in_hand[0].receipt])
    clock.now = clock.now.replace(year=2020)  # nothing is too old

    await stores.housekeeping.trim()

    [(oldest, _)] = await redis.xrange(EVENTS, count=1) or []
    assert oldest == in_hand[1].receipt
    assert await redis.xlen(EVENTS) == 4
    await stores.events.done("discord", [in_hand[1].receipt])
    assert len(await subjects(stores, "discord")) == 3
    await stores.housekeeping.trim()
    assert await redis.xlen(EVENTS) == 0
    await publish(stores, clock, "next")
    assert await subjects(stores, "telegram") == ["alert:a6"]


async def test_a_group_that_reads_no_more_is_not_waited_for_for_ever(
    stores: Stores, clock: SetClock, redis: Redis
) -> None:
    await publish(stores, clock)
    await subjects(stores, "telegram")
    await stores.events.read("discord", "off", 1, 0)
    server_seconds, _ = await redis.time()
    clock.now = clock.now.fromtimestamp(server_seconds, tz=clock.now.tzinfo)
    await stores.housekeeping.trim()
    assert await redis.xlen(EVENTS) == 1

    clock.pass_(timedelta(days=7, seconds=5).total_seconds())
    await stores.housekeeping.trim()

    assert await redis.xlen(EVENTS) == 0


async def test_trimming_what_is_not_there_does_nothing(stores: Stores, redis: Redis) -> None:
    await stores.housekeeping.trim()

    assert await redis.dbsize() == 0


async def test_lists_keep_their_newest(stores: Stores, clock: SetClock, redis: Redis) -> None:
    alerts = key(ND, Family.ALERTS)
    await redis.zadd(alerts, {f"a{number}": number for number in range(NEWEST + 5)})

    await stores.housekeeping.trim()

    assert await redis.zcard(alerts) == NEWEST
    assert await redis.zrange(alerts, 0, 0) == ["a5"]


async def test_a_copy_is_found_by_the_channels_message(stores: Stores) -> None:
    await stores.copies.keep("7", Sent("-200", "31"))

    assert await stores.copies.of("7") == Sent("-200", "31")
    assert await stores.copies.of("8") is None


async def test_each_process_is_seen_with_its_last_beat(stores: Stores, clock: SetClock) -> None:
    await stores.heartbeats.beat("web")
    first = clock()
    clock.pass_(5)
    await stores.heartbeats.beat("telegram")

    assert await stores.heartbeats.seen() == {"web": first, "telegram": clock()}
