"""Who goes first, and that each post goes to one."""

import asyncio
from dataclasses import replace

from bots.newsroom.delivery.posts import Lane
from bots.newsroom.messages import Platform
from bots.storage.stores import Stores
from tests.storage.values import LEASE, TELEGRAM, SetClock, lease, post, stores_at, to_reader


async def test_lanes_go_in_order_and_rooms_before_readers(stores: Stores) -> None:
    for number, lane in enumerate((Lane.REFRESH, Lane.NORMAL, Lane.BREAKING)):
        await stores.posts.put(replace(post(f"private{number}", destination=to_reader("5")), lane=lane))
        await stores.posts.put(replace(post(f"room{number}"), lane=lane))

    assert list(await lease(stores)) == ["room2", "private2", "room1", "private1", "room0", "private0"]


async def test_posts_of_one_place_keep_the_order_in_which_they_were_wanted(stores: Stores) -> None:
    refs = [f"comment:c{number}" for number in (9, 10, 11, 100)]
    for ref in refs:
        await stores.posts.put(post(ref))

    assert list(await lease(stores)) == refs


async def test_a_refresh_does_not_cost_an_unseen_post_its_lane(stores: Stores) -> None:
    await stores.posts.put(replace(post("a"), lane=Lane.BREAKING))
    await stores.posts.put(replace(post("b"), lane=Lane.NORMAL))

    await stores.posts.put(replace(post("a", 2), lane=Lane.REFRESH))

    assert list(await lease(stores)) == ["a", "b"]


async def test_every_partition_gets_its_turn(stores: Stores) -> None:
    for account in range(100):
        await stores.posts.put(post(f"p{account}", destination=to_reader(str(account))))

    seen = set()
    for _ in range(25):
        seen |= set(await lease(stores, 4))

    assert len(seen) == 100


async def test_another_process_finds_readers_posts_soon_although_it_saw_none(
    stores: Stores, redis_url: str, clock: SetClock
) -> None:
    async with stores_at(redis_url, clock) as other:
        assert not await lease(other)
        await stores.posts.put(post("p", destination=to_reader("5")))
        async with asyncio.timeout(5):
            while not await lease(other):  # noqa: ASYNC110 - another process cannot tell it
                await asyncio.sleep(0.02)


async def test_one_of_fifty_racing_dispatchers_gets_each_post(stores: Stores) -> None:
    for number in range(20):
        await stores.posts.put(post(f"r{number}"))
        await stores.posts.put(post(f"p{number}", destination=to_reader(str(number))))

    batches = await asyncio.gather(*(stores.outbox.lease(TELEGRAM, 5, LEASE) for _ in range(50)))

    taken = [delivery.post.ref for batch in batches for delivery in batch]
    assert len(taken) == len(set(taken)) == 40


async def test_the_other_platforms_posts_are_not_leased(stores: Stores) -> None:
    await stores.posts.put(post("p", destination=to_reader("5", Platform.DISCORD)))

    assert not await lease(stores)
