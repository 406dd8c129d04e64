"""What is wanted stays due until it is shown."""

from datetime import timedelta

import pytest

from bots.newsroom.delivery.posts import PostState
from bots.storage.stores import Stores
from tests.storage.values import A, SetClock, lease, post, send, state_of


async def test_a_shown_post_is_not_due_any_more(stores: Stores, clock: SetClock) -> None:
    await stores.posts.put(post("a"))

    await send(stores, "a")

    clock.pass_(3600)
    assert not await lease(stores)
    record = await stores.posts.record("a")
    assert record is not None
    assert (record.state, record.sent, record.shown_version, record.attempts) == (PostState.SENT, A, 1, 1)


async def test_putting_the_same_or_an_older_version_changes_nothing(stores: Stores) -> None:
    await stores.posts.put(post("a", 2, text="newest"))
    await send(stores, "a")

    await stores.posts.put(post("a", 2, text="same version"))
    await stores.posts.put(post("a", 1, text="older"))

    assert not await lease(stores)


async def test_a_newer_version_is_due_as_an_edit_of_what_is_shown(stores: Stores) -> None:
    await stores.posts.put(post("a"))
    await send(stores, "a")

    await stores.posts.put(post("a", 2, text="corrected"))

    delivery = (await lease(stores))["a"]
    assert (delivery.sent, delivery.post.version, delivery.interrupted) == (A, 2, False)


@pytest.mark.parametrize("final", ["gone", "uncertain"])
async def test_what_is_final_stays_so_whatever_is_wanted(stores: Stores, clock: SetClock, final: str) -> None:
    await stores.posts.put(post("a"))
    await stores.outbox.sending((await lease(stores))["a"])

    await getattr(stores.outbox, final)("a", "why")
    await stores.posts.put(post("a", 2))

    clock.pass_(3600)
    assert not await lease(stores)
    assert await state_of(stores, "a") == final


async def test_a_refused_message_is_tried_again_in_its_next_version(stores: Stores) -> None:
    await stores.posts.put(post("a"))
    await stores.outbox.sending((await lease(stores))["a"])
    await stores.outbox.refused("a", "too long")
    assert not await lease(stores)

    await stores.posts.put(post("a", 2))

    assert (await lease(stores))["a"].post.version == 2


async def test_a_refusal_is_not_final_for_a_version_that_came_meanwhile(stores: Stores) -> None:
    await stores.posts.put(post("a"))
    await stores.outbox.sending((await lease(stores))["a"])
    await stores.posts.put(post("a", 2))

    await stores.outbox.refused("a", "too long")

    assert (await lease(stores))["a"].post.version == 2


async def test_a_late_or_repeated_outcome_changes_nothing(stores: Stores, clock: SetClock) -> None:
    await stores.posts.put(post("a"))
    await send(stores, "a")
    await stores.posts.put(post("a", 2))
    assert await lease(stores)

    await stores.outbox.shown("a", 1, A)  # a repeat: it must not end somebody's lease

    assert not await lease(stores)
    await stores.outbox.shown("a", 2, A)
    for outcome in (stores.outbox.gone, stores.outbox.refused, stores.outbox.uncertain):
        await outcome("a", "late")
    await stores.outbox.not_sent("a", "late", timedelta(0))
    clock.pass_(3600)
    assert not await lease(stores)
    assert await state_of(stores, "a") is PostState.SENT


async def test_what_was_never_shown_and_is_not_wanted_needs_no_work_and_cannot_come_back(stores: Stores) -> None:
    await stores.posts.put(post("a", 2, text=None))
    await stores.posts.put(post("a", 1))

    assert not await lease(stores)
    assert await state_of(stores, "a") is PostState.DELETED


async def test_a_message_withdrawn_while_it_is_sent_is_deleted_afterwards(stores: Stores) -> None:
    await stores.posts.put(post("a"))
    delivery = (await lease(stores))["a"]
    await stores.posts.put(post("a", 2, text=None))
    await stores.outbox.sending(delivery)

    await stores.outbox.shown("a", 1, A)

    delivery = (await lease(stores))["a"]
    assert (delivery.sent, delivery.post.message) == (A, None)
    await stores.outbox.shown("a", 2, None)
    assert await state_of(stores, "a") is PostState.DELETED
