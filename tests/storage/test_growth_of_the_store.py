from redis.asyncio import Redis

from bots.storage.growth import growth
from tests.storage.values import SetClock, publish
from tests.storage.values import open_stores as opened


async def test_every_family_is_counted_weighed_and_named_with_its_retention(redis: Redis) -> None:
    clock = SetClock()
    stores = opened(redis, redis, clock)
    for number in range(3):
        await publish(stores, clock, op=str(number))
    measured = await growth(redis)
    alerts = next(use for use in measured.families if use.family == "alert")
    assert (alerts.keys, alerts.keep is not None, measured.complete) == (3, True, True)
    assert alerts.megabytes > 0
    assert measured.used_mb > 0
    assert all(use.why for use in measured.families)


async def test_a_key_that_is_none_of_ours_is_shown_as_such(redis: Redis) -> None:
    await redis.set("somebody-elses", "x")
    measured = await growth(redis)
    assert [use.family for use in measured.families] == ["(not ours)"]
