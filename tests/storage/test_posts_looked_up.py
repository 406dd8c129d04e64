"""What is known of posts and of the messages that show them."""

from dataclasses import replace

from bots.newsroom.delivery.posts import Sent
from bots.newsroom.messages import Platform
from bots.storage.stores import Stores
from tests.storage.values import LEASE, STORY, TELEGRAM, A, SetClock, lease, post, send, stores_at, to_reader


async def test_the_floor_is_the_highest_id_known_in_the_chat_when_the_attempt_began(
    stores: Stores, clock: SetClock
) -> None:
    await stores.posts.put(post("first"))
    await send(stores, "first", Sent("-100", "99"))
    await stores.posts.note_message_id(TELEGRAM, "-100", "100")
    await stores.posts.note_message_id(TELEGRAM, "-100", "98")
    await stores.posts.put(post("second"))
    await stores.outbox.sending((await lease(stores))["second"])

    await stores.posts.note_message_id(TELEGRAM, "-100", "101")

    clock.pass_(LEASE.total_seconds())
    assert (await lease(stores))["second"].floor == "100"


async def test_the_first_comment_of_all_has_the_copys_number_as_its_floor(stores: Stores, clock: SetClock) -> None:
    await stores.copies.keep("7", Sent("-200", "31"))
    await stores.posts.put(post("c", destination=STORY))

    await stores.outbox.sending((await lease(stores))["c"])

    clock.pass_(LEASE.total_seconds())
    assert (await lease(stores))["c"].floor == "31"


async def test_snowflakes_are_compared_to_the_last_digit(stores: Stores, clock: SetClock) -> None:
    await stores.posts.put(post("first"))
    await send(stores, "first", Sent("-100", "1180000000000000001"))
    await stores.posts.note_message_id(TELEGRAM, "-100", "1180000000000000002")
    await stores.posts.note_message_id(TELEGRAM, "-100", "1180000000000000001")
    await stores.posts.put(post("second"))
    await stores.outbox.sending((await lease(stores))["second"])
    clock.pass_(LEASE.total_seconds())

    assert (await lease(stores))["second"].floor == "1180000000000000002"


async def test_a_message_leads_back_to_its_post(stores: Stores) -> None:
    await stores.posts.put(post("room"))
    await send(stores, "room", A)
    await stores.posts.put(post("private", destination=to_reader("5")))
    await send(stores, "private", Sent("5", "3"))

    assert await stores.posts.ref_of(TELEGRAM, A) == "room"
    assert await stores.posts.ref_of(TELEGRAM, Sent("5", "3")) == "private"
    assert await stores.posts.ref_of(TELEGRAM, Sent("5", "4")) is None


async def test_all_posts_of_a_group_are_listed_once_on_their_platform(stores: Stores, redis_url: str) -> None:
    wanted = {f"p{number}" for number in range(60)} | {"room"}
    for ref in wanted - {"room"}:
        await stores.posts.put(replace(post(ref, destination=to_reader(ref)), group="alert:a1"))
    await stores.posts.put(replace(post("room"), group="alert:a1"))
    await stores.posts.put(replace(post("discord", destination=to_reader("1", Platform.DISCORD)), group="alert:a1"))

    listed = [ref async for ref in stores.posts.in_group("alert:a1", TELEGRAM)]

    assert len(listed) == 61
    assert set(listed) == wanted


async def test_records_come_in_the_order_asked_without_the_unknown(
    stores: Stores, redis_url: str, clock: SetClock
) -> None:
    await stores.posts.put(post("room"))
    await stores.posts.put(post("private", destination=to_reader("5")))

    async with stores_at(redis_url, clock) as other:
        records = await other.posts.records(["private", "nobody", "room"])
        assert [record.ref for record in records] == ["private", "room"]
        assert records[0].destination == to_reader("5")
        assert await other.posts.record("nobody") is None


async def test_an_outcome_for_an_unknown_post_changes_nothing(stores: Stores) -> None:
    await stores.outbox.gone("nobody", "x")
    await stores.outbox.shown("nobody", 1, A)

    assert await stores.posts.record("nobody") is None
