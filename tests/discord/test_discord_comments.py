"""A reader comments by a form: told where it appears, received once it is kept, given back when it cannot be."""

import pytest

from bots.bootstrap.newsroom import Newsroom
from bots.newsroom.comments.comment import CommentState
from bots.sandbox.discord import DiscordServer, Fault
from bots.storage.server import EmbeddedServer
from tests.discord.place import ANNA, BEN, LOBBY, Place, labels, said, serving


async def test_the_form_says_where_the_comment_appears_and_under_which_name(place: Place) -> None:
    await place.alert()
    opened = await place.server.click(ANNA, place.alerts()[0]["id"], "Comment")
    assert opened.modal is not None
    assert opened.modal["title"] == "Write a comment"
    assert opened.modal["texts"] == ["It will appear on Telegram and on Discord under the name “Anna”, after a check."]
    assert [(field["label"], field["max_length"]) for field in opened.modal["fields"]] == [("Your comment", 1500)]


async def test_the_form_opens_and_votes_are_answered_while_the_store_is_down(
    place: Place, redis_server: EmbeddedServer
) -> None:
    await place.alert(poll=True)
    redis_server.stop()
    try:
        opened = await place.server.click(ANNA, place.alerts()[0]["id"], "Comment")
        voted = await place.server.click(BEN, place.alerts()[0]["id"], "Yes")
    finally:
        redis_server.start()
    assert (opened.kind, voted.kind) == ("modal", "thinking")
    await place.until(lambda: "Your vote counts: Yes." in said(place.alerts(BEN)[-1]))


async def test_a_comment_sent_while_the_store_is_down_is_kept_when_it_is_back(
    place: Place, redis_server: EmbeddedServer
) -> None:
    await place.alert()
    redis_server.stop()
    try:
        sent = await place.comment(ANNA, "Still here?")
    finally:
        redis_server.start()
    assert sent.kind == "thinking"
    await place.until(lambda: "Received." in said(place.alerts()[-1]))
    assert (await place.kept()).text == "Still here?"


async def test_a_reader_gets_the_text_back_when_it_cannot_be_kept(
    server: DiscordServer, newsroom: Newsroom, redis_server: EmbeddedServer
) -> None:
    async with serving(server, newsroom) as place:
        await place.alert()
        redis_server.stop()
        await place.comment(ANNA, "My *own* words")
    try:
        answer = said(place.alerts()[-1])
    finally:
        redis_server.start()
    assert answer == (
        "Your comment could not be kept.\nHere is your text. Please send it again in a few minutes.\n\nMy *own* words"
    )


async def test_a_form_that_was_open_over_a_restart_is_taken(server: DiscordServer, newsroom: Newsroom) -> None:
    async with serving(server, newsroom) as place:
        await place.alert()
        opened = await server.click(ANNA, place.alerts()[0]["id"], "Comment")
    assert opened.modal is not None
    async with serving(server, newsroom) as place:
        await server.submit_modal(ANNA, opened.modal["id"], {"Your comment": "Patience."})
        assert (await place.kept()).text == "Patience."
        await place.until(lambda: "Received." in said(place.alerts()[-1]))


async def test_an_input_delivered_twice_happens_once(place: Place) -> None:
    await place.alert(poll=True)
    place.server.fault(Fault("*", "duplicate_updates", times=4))
    await place.comment(ANNA, "Once.")
    await place.until(lambda: "Received." in said(place.alerts()[-1]))
    await place.server.click(ANNA, place.alerts()[0]["id"], "Yes")
    await place.until(lambda: "Your vote counts: Yes." in said(place.alerts()[-1]))
    assert len(await place.newsroom.comments.mine((await place.kept()).author)) == 1


@pytest.mark.parametrize("kind", ["cut_after", "html", "status"])
async def test_a_doubtful_acknowledgement_loses_no_comment(place: Place, kind: str) -> None:
    await place.alert()
    opened = await place.server.click(ANNA, place.alerts()[0]["id"], "Comment")
    assert opened.modal is not None
    place.server.fault(Fault("create_interaction_response", kind, status=503 if kind == "html" else 400))
    await place.server.submit_modal(ANNA, opened.modal["id"], {"Your comment": "Kept."})
    assert (await place.kept()).text == "Kept."


async def test_a_reply_goes_below_the_comment_it_answers(place: Place) -> None:
    await place.alert()
    await place.comment(ANNA, "First.")
    await place.judge(await place.kept(), CommentState.PUBLISHED)
    await place.until(lambda: len(place.thread()) == 2)
    opened = await place.server.click(BEN, place.thread(BEN)[1]["id"], "Reply")
    assert opened.modal is not None
    assert opened.modal["title"] == "Reply to a comment"
    await place.server.submit_modal(BEN, opened.modal["id"], {"Your comment": "Second."})
    reply = await place.kept(2)
    assert reply.reply_to == "c1"
    await place.judge(reply, CommentState.PUBLISHED)
    await place.until(lambda: len(place.thread()) == 3)
    assert place.thread()[2]["reply_to"]["id"] == place.thread()[1]["id"]


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (CommentState.PUBLISHED, "Your comment is published."),
        (CommentState.HELD, "Your comment waits for a moderator."),
        (CommentState.REJECTED, "Your comment was not published."),
    ],
)
async def test_the_author_sees_in_place_what_became_of_it(place: Place, state: CommentState, told: str) -> None:
    await place.alert()
    await place.comment(ANNA, "Hear me.")
    await place.judge(await place.kept(), state)
    await place.until(lambda: told in said(place.alerts()[-1]))
    assert place.alerts()[-1]["ephemeral"]
    assert all(told not in said(message) for message in place.alerts(BEN))


async def test_a_reader_sees_their_comments_and_takes_one_back(place: Place) -> None:
    await place.alert()
    await place.comment(ANNA, "I changed my mind.")
    await place.judge(await place.kept(), CommentState.PUBLISHED)
    await place.until(lambda: len(place.thread()) == 2)
    await place.server.slash(ANNA, LOBBY, "mycomments")
    await place.until(lambda: "I changed my mind. (published)" in said(place.lobby()[-1]))
    await place.server.click(ANNA, place.lobby()[-1]["id"], "Take back 1")
    await place.until(lambda: len(place.thread()) == 1)
    await place.until(lambda: "You took your comment back." in said(place.lobby()[-1]))


async def test_nobody_takes_back_what_another_wrote(place: Place) -> None:
    await place.alert()
    await place.comment(ANNA, "Mine.")
    await place.kept()
    await place.until(lambda: "Received." in said(place.alerts()[-1]))
    await place.server.slash(BEN, LOBBY, "mycomments")
    await place.until(lambda: "You have written no comments yet." in said(place.lobby(BEN)[-1]))
    assert labels(place.lobby(BEN)[-1]) == []


async def test_a_comment_of_blanks_is_none(place: Place) -> None:
    await place.alert()
    await place.comment(ANNA, " \n\u2007 .")
    assert (await place.kept()).text == "."
