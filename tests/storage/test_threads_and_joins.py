"""Posts that depend on other posts: in a thread, as an answer, joined into one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bots.newsroom.delivery.posts import PostState
from bots.storage.stores import Stores
from tests.storage.values import LEASE, TELEGRAM, THREAD, A, SetClock, comment, lease, open_thread, post, send, state_of


async def joined(stores: Stores, *numbers: int) -> str:
    """Comments of those numbers, waiting as one; its ref."""
    refs = [f"comment:c{number}" for number in numbers]
    for number in numbers:
        await stores.posts.put(comment(number))
    assert set(await lease(stores)) == set(refs)
    await stores.outbox.join(refs)
    return f"joined:{refs[0]}"


async def test_a_comment_waits_until_its_thread_is_shown(stores: Stores, clock: SetClock) -> None:
    await stores.posts.put(comment(1))
    await stores.posts.put(post("alert"))
    assert list(await lease(stores)) == ["alert"]

    await stores.outbox.shown("alert", 1, THREAD)

    clock.pass_(5)
    delivery = (await lease(stores))["comment:c1"]
    assert delivery.thread == THREAD


@pytest.mark.parametrize("end", ["gone", "refused"])
async def test_a_comment_whose_thread_will_never_be_there_is_gone(stores: Stores, clock: SetClock, end: str) -> None:
    await stores.posts.put(post("alert"))
    await stores.posts.put(comment(1))
    assert await lease(stores)

    await getattr(stores.outbox, end)("alert", "the bot was removed")

    clock.pass_(5)
    assert not await lease(stores)
    record = await stores.posts.record("comment:c1")
    assert record is not None
    assert (record.state, record.error) == (PostState.GONE, f"its thread is {end}")


async def test_a_refused_edit_of_the_alert_leaves_its_thread_open(stores: Stores) -> None:
    await open_thread(stores)
    await stores.posts.put(post("alert", 2))
    assert await lease(stores)
    await stores.outbox.refused("alert", "too long")

    await stores.posts.put(comment(1))

    assert (await lease(stores))["comment:c1"].thread == THREAD


async def test_a_comment_that_waits_for_its_thread_expires_in_time(stores: Stores, clock: SetClock) -> None:
    await stores.posts.put(replace(comment(1), expires_at=clock() + timedelta(seconds=60)))
    assert not await lease(stores)

    clock.pass_(60)

    assert not await lease(stores)
    assert await state_of(stores, "comment:c1") is PostState.EXPIRED


async def test_an_answer_knows_where_what_it_answers_is_shown(stores: Stores) -> None:
    await open_thread(stores)
    await stores.posts.put(comment(1))
    await send(stores, "comment:c1", A)

    await stores.posts.put(replace(comment(2), reply_to="comment:c1"))
    await stores.posts.put(replace(comment(3), reply_to="comment:c404"))

    deliveries = await lease(stores)
    assert deliveries["comment:c2"].reply_to == A
    assert deliveries["comment:c3"].reply_to is None


async def test_joined_comments_are_shown_as_one_message(stores: Stores) -> None:
    await open_thread(stores)

    ref = await joined(stores, 1, 2, 3)

    deliveries = await lease(stores)
    assert list(deliveries) == [ref]
    message = deliveries[ref].post.message
    assert message is not None
    assert [quote.text for quote in message.quotes] == ["hello 1", "hello 2", "hello 3"]
    assert (deliveries[ref].thread, deliveries[ref].post.version) == (THREAD, 3)


async def test_the_parts_of_a_joined_post_are_known_by_their_own_refs(stores: Stores) -> None:
    await open_thread(stores)
    ref = await joined(stores, 1, 2)
    await send(stores, ref, A)

    record = await stores.posts.record("comment:c2")

    assert record is not None
    assert (record.state, record.joined_in) == (PostState.JOINED, ref)
    assert await stores.posts.parts(ref) == ("comment:c1", "comment:c2")
    assert await stores.posts.parts("comment:c2") == ()
    assert await stores.posts.ref_of(TELEGRAM, A) == ref


async def test_a_part_that_is_withdrawn_changes_the_joined_message_and_the_last_one_takes_it_away(
    stores: Stores,
) -> None:
    await open_thread(stores)
    ref = await joined(stores, 1, 2)
    await send(stores, ref, A)

    await stores.posts.put(comment(1, 2, text=None))

    edit = (await lease(stores))[ref]
    assert edit.sent == A
    assert edit.post.message is not None
    assert [quote.text for quote in edit.post.message.quotes] == ["hello 2"]
    await stores.outbox.shown(ref, edit.post.version, A)
    await stores.posts.put(comment(2, 2, text=None))
    delivery = (await lease(stores))[ref]
    assert (delivery.sent, delivery.post.message) == (A, None)


async def test_an_answer_to_a_part_answers_the_joined_message(stores: Stores) -> None:
    await open_thread(stores)
    await send(stores, await joined(stores, 1, 2), A)

    await stores.posts.put(replace(comment(3), reply_to="comment:c2"))

    assert (await lease(stores))["comment:c3"].reply_to == A


async def test_joining_twice_is_joining_once(stores: Stores) -> None:
    await open_thread(stores)
    ref = await joined(stores, 1, 2)

    await stores.outbox.join(["comment:c1", "comment:c2"])

    assert list(await lease(stores)) == [ref]


async def test_what_began_to_be_sent_is_not_joined(stores: Stores) -> None:
    await open_thread(stores)
    for number in (1, 2, 3):
        await stores.posts.put(comment(number))
    deliveries = await lease(stores)
    await stores.outbox.sending(deliveries["comment:c1"])

    await stores.outbox.join(list(deliveries))

    assert await state_of(stores, "comment:c1") is PostState.SENDING
    assert await stores.posts.parts("joined:comment:c2") == ("comment:c2", "comment:c3")


async def test_a_single_one_left_to_join_is_due_by_itself(stores: Stores) -> None:
    await open_thread(stores)
    for number in (1, 2):
        await stores.posts.put(comment(number))
    deliveries = await lease(stores)
    await stores.outbox.sending(deliveries["comment:c1"])

    await stores.outbox.join(list(deliveries))

    assert list(await lease(stores)) == ["comment:c2"]


async def test_an_interrupted_joined_post_is_looked_for(stores: Stores, clock: SetClock) -> None:
    await open_thread(stores)
    ref = await joined(stores, 1, 2)
    await stores.outbox.sending((await lease(stores))[ref])

    clock.pass_(LEASE.total_seconds())

    assert (await lease(stores))[ref].interrupted
