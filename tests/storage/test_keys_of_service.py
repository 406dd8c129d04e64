from datetime import timedelta

import pytest
from redis.asyncio import Redis

from bots.storage.client import connect
from bots.storage.keys import ND, Family, key
from bots.storage.keys_of_service import BadKeyName, RedisKeys
from moderation import StoreAway
from tests.storage.values import SetClock


@pytest.fixture
def keys(redis: Redis, clock: SetClock) -> RedisKeys:
    return RedisKeys(redis, clock)


async def test_a_key_may_ask_until_its_quota_is_used_up_and_again_in_the_next_minute(
    keys: RedisKeys, clock: SetClock
) -> None:
    given = await keys.add("coral", per_minute=3)
    first, both, fourth = [await keys.take(given, count) for count in (1, 2, 1)]
    assert first
    assert both
    assert fourth
    assert [(each.granted, each.remaining) for each in (first, both, fourth)] == [(True, 2), (True, 0), (False, 0)]
    assert (fourth.owner, fourth.limit) == ("coral", 3)
    assert 0 < fourth.seconds <= 60
    clock.now += timedelta(seconds=fourth.seconds)
    later = await keys.take(given, 1)
    assert later
    assert (later.granted, later.remaining) == (True, 2)


async def test_more_than_is_left_is_refused_whole_and_counts_nothing(keys: RedisKeys) -> None:
    given = await keys.add("script", per_minute=5)
    refused, taken = await keys.take(given, 6), await keys.take(given, 5)
    assert refused
    assert taken
    assert (refused.granted, refused.remaining, taken.granted) == (False, 5, True)


async def test_the_quota_of_one_key_is_not_anothers(keys: RedisKeys) -> None:
    one, other = await keys.add("one", per_minute=1), await keys.add("other", per_minute=1)
    assert [allowance.granted for given in (one, one, other) if (allowance := await keys.take(given, 1))] == [
        True,
        False,
        True,
    ]


async def test_only_a_hash_of_the_secret_is_kept_and_quotas_are_soon_forgotten(keys: RedisKeys, redis: Redis) -> None:
    given = await keys.add("coral", per_minute=3)
    await keys.take(given, 1)
    secret = given.rpartition(".")[2]
    assert secret not in str(await redis.hgetall(key(ND, Family.SERVICE_KEYS)))
    (quota,) = await redis.keys(f"{key(ND, Family.QUOTA)}:*")
    assert 0 < await redis.ttl(quota) <= 120
    assert secret not in quota


@pytest.mark.parametrize(
    "wrong", ["", "x", "nd", "nd..", "nd.coral.", "nd.coral.x", "nd.nobody.x", "nd.coral.\xe9", "\ud800"]
)
async def test_what_is_no_key_of_ours_is_nobodys(keys: RedisKeys, wrong: str) -> None:
    await keys.add("coral", per_minute=3)
    assert await keys.take(wrong, 1) is None


async def test_a_key_with_anothers_name_is_nobodys(keys: RedisKeys) -> None:
    given = await keys.add("one", per_minute=3)
    await keys.add("two", per_minute=3)
    assert await keys.take(given.replace("one", "two"), 1) is None


async def test_a_revoked_key_is_refused_and_its_name_is_free_again(keys: RedisKeys) -> None:
    given = await keys.add("coral", per_minute=3)
    with pytest.raises(BadKeyName, match="already"):
        await keys.add("coral", per_minute=3)
    assert (await keys.revoke("coral"), await keys.revoke("coral")) == (True, False)
    assert await keys.take(given, 1) is None
    assert await keys.add("coral", per_minute=3) != given
    assert [name for name, _ in await keys.listed()] == ["coral"]


@pytest.mark.parametrize("name", ["", "Coral", "a b", "a.b", "-a", "x" * 41, "\xe9"])
async def test_a_name_that_could_not_be_read_back_is_refused(keys: RedisKeys, name: str) -> None:
    with pytest.raises(BadKeyName, match="use up to 40"):
        await keys.add(name, per_minute=3)


async def test_a_store_that_is_away_is_told_and_nobody_is_let_in(clock: SetClock) -> None:
    nowhere = connect("redis://127.0.0.1:9/0")
    with pytest.raises(StoreAway, match="does not answer"):
        await RedisKeys(nowhere, clock).take("nd.coral.x", 1)
    await nowhere.aclose()
