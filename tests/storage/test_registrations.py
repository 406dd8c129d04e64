from redis.asyncio import Redis

from bots.storage.registrations import RedisRegistrations


async def test_what_was_registered_last_is_remembered_by_name(redis: Redis) -> None:
    registrations = RedisRegistrations(redis)
    assert await registrations.registered("discord:1") is None
    await registrations.register("discord:1", "one")
    await registrations.register("discord:1", "two")
    await registrations.register("discord:2", "other")
    assert await registrations.registered("discord:1") == "two"
