"""Typing straight into a thread: closed unless `comments.direct` is on, then judged after it appears."""

from collections.abc import AsyncIterator

import pytest

from bots.bootstrap.newsroom import Newsroom, open_newsroom
from bots.newsroom.comments.comment import CommentState
from bots.sandbox.discord import DiscordServer, Fault
from tests.discord.place import ALERTS, ANNA, BEN, GUILD, MIA, Place, said, serving, settings_for

SEND_IN_THREADS = 1 << 38
CLOSED = "Comments are written with the button below the alert."


def open_threads(server: DiscordServer) -> None:
    """The permissions let everybody type into the threads of the alerts channel."""
    server.set_overwrite(ALERTS, GUILD, allow=SEND_IN_THREADS)


@pytest.fixture
async def typed(server: DiscordServer, redis_url: str) -> AsyncIterator[Place]:
    """A newsroom with `comments.direct` on."""
    open_threads(server)
    async with (
        open_newsroom(settings_for(server, redis_url, direct=True)) as newsroom,
        serving(server, newsroom) as place,
    ):
        yield place


async def test_what_gets_in_by_wrong_permissions_is_taken_out_with_one_notice(place: Place) -> None:
    open_threads(place.server)
    await place.alert()
    for text in ("one", "two"):
        await place.server.say(ANNA, place.thread_id(), text)
    await place.until(lambda: [said(message) for message in place.thread()][1:] == [CLOSED])
    assert await place.newsroom.comments.get("c1") is None


async def test_staff_may_type_into_a_thread(place: Place) -> None:
    open_threads(place.server)
    await place.alert()
    await place.server.say(MIA, place.thread_id(), "We are looking into this.")
    await place.server.say(ANNA, place.thread_id(), "Hello?")
    await place.until(lambda: CLOSED in said(place.thread()[-1]))
    assert "We are looking into this." in [said(message) for message in place.thread()]


async def test_an_approved_comment_stays_as_it_was_typed(typed: Place) -> None:
    await typed.alert()
    await typed.server.say(ANNA, typed.thread_id(), "Typed here.")
    comment = await typed.kept()
    assert (comment.text, comment.direct, comment.author.name) == ("Typed here.", True, "Anna")
    await typed.judge(comment, CommentState.PUBLISHED)
    await typed.comment(BEN, "By button.")
    await typed.judge(await typed.kept(2), CommentState.PUBLISHED)
    await typed.until(lambda: len(typed.thread()) == 3)
    assert [said(message) for message in typed.thread()][1:] == ["Typed here.", "Ben · Discord\nBy button."]


async def test_a_held_comment_disappears_until_it_is_approved(typed: Place) -> None:
    await typed.alert()
    await typed.server.say(ANNA, typed.thread_id(), "You fools.")
    comment = await typed.kept()
    await typed.judge(comment, CommentState.HELD)
    await typed.until(lambda: len(typed.thread()) == 1)
    await typed.until(typed.cards)
    await typed.server.click(MIA, typed.cards()[0]["id"], "Approve")
    await typed.until(lambda: len(typed.thread()) == 2)
    assert said(typed.thread()[1]) == "Anna · Discord\nYou fools."
    now = await typed.newsroom.comments.get(comment.id)
    assert now is not None
    assert now.state is CommentState.PUBLISHED


async def test_our_own_deletion_of_a_held_comment_is_not_its_authors(typed: Place) -> None:
    await typed.alert()
    await typed.server.say(ANNA, typed.thread_id(), "You fools.")
    typed.server.fault(Fault("delete_message", "cut_after", times=2))  # Discord tells of it before we know it worked
    await typed.judge(await typed.kept(), CommentState.HELD)
    await typed.until(lambda: len(typed.thread()) == 1)
    await typed.until(typed.cards)
    await typed.server.click(MIA, typed.cards()[0]["id"], "Approve")
    await typed.in_state(CommentState.PUBLISHED)


async def test_an_edit_is_judged_again(typed: Place) -> None:
    await typed.alert()
    message = await typed.server.say(ANNA, typed.thread_id(), "Kind words.")
    await typed.judge(await typed.kept(), CommentState.PUBLISHED)
    await typed.server.edit(ANNA, message, "Unkind words.")
    edited = await typed.edition(2)
    assert (edited.text, edited.state) == ("Unkind words.", CommentState.SUBMITTED)


async def test_who_deletes_what_they_typed_takes_it_back(typed: Place) -> None:
    await typed.alert()
    message = await typed.server.say(ANNA, typed.thread_id(), "Never mind.")
    await typed.judge(await typed.kept(), CommentState.PUBLISHED)
    await typed.server.delete(ANNA, message)
    await typed.in_state(CommentState.WITHDRAWN)


async def test_a_natural_reply_is_a_reply(typed: Place) -> None:
    await typed.alert()
    first = await typed.server.say(ANNA, typed.thread_id(), "First.")
    await typed.kept()
    await typed.server.say(BEN, typed.thread_id(), "Second.", reply_to=first)
    assert (await typed.kept(2)).reply_to == "c1"


async def test_what_cannot_be_judged_has_a_name(typed: Place) -> None:
    await typed.alert()
    await typed.server.send_attachment(ANNA, typed.thread_id(), "cat.png", b"png", text="Look")
    await typed.kept()
    await typed.server.send_sticker(ANNA, typed.thread_id(), "wave")
    assert [(await typed.kept(number)).kind for number in (1, 2)] == ["photo", "sticker"]


async def test_what_was_typed_while_nobody_listened_is_fetched(server: DiscordServer, redis_url: str) -> None:
    open_threads(server)
    async with open_newsroom(settings_for(server, redis_url, direct=True)) as newsroom:
        async with serving(server, newsroom) as place:
            await place.alert()
            await server.say(ANNA, place.thread_id(), "Before.")
            await place.kept()
        await server.say(BEN, place.thread_id(), "Meanwhile.")
        async with serving(server, newsroom):
            missed = await place.kept(2)
        assert (missed.text, missed.author.name) == ("Meanwhile.", "Ben")
        assert await newsroom.comments.get("c3") is None


async def test_typing_elsewhere_is_nobodys_business(typed: Place, newsroom: Newsroom) -> None:
    await typed.alert()
    await typed.server.say(ANNA, 202, "Lobby talk.")
    await typed.server.say(ANNA, typed.thread_id(), "In the thread.")
    assert (await typed.kept()).text == "In the thread."
    assert await typed.newsroom.comments.get("c2") is None
