"""Messages that readers typed themselves: known, never edited, taken away when they must not stay."""

from bots.newsroom.delivery.posts import PostState
from bots.storage.stores import Stores
from tests.storage.values import STORY, TELEGRAM, THREAD, A, SetClock, comment, lease, open_thread


async def test_a_readers_own_message_is_known_and_never_edited(stores: Stores) -> None:
    await stores.posts.adopt("comment:c1", STORY, A)

    await stores.posts.put(comment(1))

    assert not await lease(stores)
    record = await stores.posts.record("comment:c1")
    assert record is not None
    assert (record.adopted, record.sent, record.shown_version, record.state) == (True, A, 1, PostState.SENT)
    assert await stores.posts.ref_of(TELEGRAM, A) == "comment:c1"


async def test_a_readers_own_message_can_be_deleted_and_comes_back_as_ours(stores: Stores) -> None:
    await stores.posts.adopt("comment:c1", STORY, A)
    await open_thread(stores)
    await stores.posts.put(comment(1, 2, text=None))
    assert (await lease(stores))["comment:c1"].sent == A
    await stores.outbox.shown("comment:c1", 2, None)

    await stores.posts.put(comment(1, 3))

    delivery = (await lease(stores))["comment:c1"]
    assert (delivery.sent, delivery.thread) == (None, THREAD)


async def test_a_readers_message_approved_before_it_was_deleted_stays(stores: Stores, clock: SetClock) -> None:
    await stores.posts.adopt("comment:c1", STORY, A)
    await stores.posts.put(comment(1, 2, text=None))

    await stores.posts.put(comment(1, 3))

    assert not await lease(stores)


async def test_a_readers_message_approved_while_it_is_deleted_is_shown_again(stores: Stores) -> None:
    await stores.posts.adopt("comment:c1", STORY, A)
    await open_thread(stores)
    await stores.posts.put(comment(1, 2, text=None))
    assert await lease(stores)

    await stores.posts.put(comment(1, 3))
    await stores.outbox.shown("comment:c1", 2, None)

    assert (await lease(stores))["comment:c1"].sent is None


async def test_a_refusal_that_came_before_the_adoption_still_takes_the_message_away(stores: Stores) -> None:
    await stores.posts.put(comment(1, 2, text=None))

    await stores.posts.adopt("comment:c1", STORY, A)

    assert (await lease(stores))["comment:c1"].sent == A
