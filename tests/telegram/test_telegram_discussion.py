"""The discussion group: closed by default, judged after posting where comments are direct."""

from collections.abc import Callable
from typing import Any

import pytest

from bots.newsroom.comments.comment import CommentState
from bots.newsroom.messages import Platform
from bots.newsroom.readers import Reader
from bots.sandbox.telegram import TelegramServer
from moderation import Outcome
from tests.telegram.town import (
    ANN,
    BEN,
    BOT,
    CHANNEL,
    DISCUSSION,
    HEADLINE,
    MIA,
    ROOM,
    Town,
    eventually,
    labels_of,
    serving,
    text_of,
)

OpenTown = Callable[..., Town]


async def copy_of_the_post(town: Town) -> int:
    await town.publish()
    number: int = (await town.sees(ANN, DISCUSSION, HEADLINE))["id"]
    return number


async def newest(town: Town, person: int) -> Any:
    async def found() -> Any:
        account = await town.newsroom.comments.mine(_reader(person))
        return account[0] if account else None

    return await eventually(found)


def _reader(person: int) -> Any:
    return Reader(Platform.TELEGRAM, str(person), "")


async def test_what_gets_past_the_permissions_is_deleted_and_pointed_to_the_button_once(open_town: OpenTown) -> None:
    town = open_town(direct=False)
    async with serving(town.newsroom):
        post = await copy_of_the_post(town)
        for text in ("First!", "Second!", "Third!"):
            town.server.say(ANN, DISCUSSION, text, reply_to=post)
        notice = await town.sees(BEN, DISCUSSION, "Comments are written with the button")
        await eventually(lambda: town.find(BEN, DISCUSSION, "Third!") is None)
        assert town.find(BEN, DISCUSSION, "First!") is None
        assert town.count(BEN, DISCUSSION, "Comments are written") == 1
        await town.server.tap(ANN, DISCUSSION, notice["id"], "Write a comment")
        await town.sees(ANN, BOT, "Write your comment now")


async def test_staff_and_the_channel_itself_may_speak_in_the_discussion(open_town: OpenTown) -> None:
    town = open_town(direct=False)
    async with serving(town.newsroom):
        post = await copy_of_the_post(town)
        town.server.say(MIA, DISCUSSION, "A word from the newsroom.", reply_to=post)
        town.server.say(ANN, DISCUSSION, "And from me.", reply_to=post)
        await eventually(lambda: town.find(BEN, DISCUSSION, "And from me.") is None)
        assert town.find(BEN, DISCUSSION, "A word from the newsroom.")


async def test_a_directly_typed_comment_is_judged_and_stays_when_approved(open_town: OpenTown) -> None:
    town = open_town(direct=True)
    async with serving(town.newsroom):
        post = await copy_of_the_post(town)
        town.server.say(ANN, DISCUSSION, "I say so.", reply_to=post)
        comment = await newest(town, ANN)
        assert (comment.text, comment.direct, comment.story_id) == ("I say so.", True, "s1")
        await town.judge(comment, Outcome.APPROVE)
        record = await eventually(lambda: town.record(f"comment:{comment.id}:telegram"))
        assert record.adopted
        town.server.say(BEN, DISCUSSION, "I disagree.", reply_to=town.find(ANN, DISCUSSION, "I say so.")["id"])  # type: ignore[index]
        assert (await newest(town, BEN)).reply_to == comment.id
        assert town.count(BEN, DISCUSSION, "I say so.") == 1


@pytest.mark.parametrize("outcome", [Outcome.HOLD, Outcome.REJECT])
async def test_a_directly_typed_comment_is_removed_unless_approved(open_town: OpenTown, outcome: Outcome) -> None:
    town = open_town(direct=True)
    async with serving(town.newsroom):
        post = await copy_of_the_post(town)
        town.server.say(ANN, DISCUSSION, "Nasty words.", reply_to=post)
        comment = await newest(town, ANN)
        await town.judge(comment, outcome)
        await eventually(lambda: town.find(BEN, DISCUSSION, "Nasty words.") is None)


async def test_an_edited_comment_is_judged_again(open_town: OpenTown) -> None:
    town = open_town(direct=True)
    async with serving(town.newsroom):
        post = await copy_of_the_post(town)
        said = town.server.say(ANN, DISCUSSION, "Kind words.", reply_to=post)
        comment = await newest(town, ANN)
        await town.judge(comment, Outcome.APPROVE)
        town.server.edit(ANN, DISCUSSION, said, "Nasty words.")

        async def edited() -> bool:
            found = await newest(town, ANN)
            return bool((found.text, found.edition, found.state) == ("Nasty words.", 2, CommentState.SUBMITTED))

        await eventually(edited)
        await town.judge(await newest(town, ANN), Outcome.REJECT)
        await eventually(lambda: town.find(BEN, DISCUSSION, "Nasty words.") is None)


async def test_a_photo_a_sticker_and_a_forward_carry_their_kind(open_town: OpenTown) -> None:
    town = open_town(direct=True)
    async with serving(town.newsroom):
        post = await copy_of_the_post(town)
        town.server.send_photo(ANN, DISCUSSION, "my photo", reply_to=post)
        photo = await newest(town, ANN)
        assert (photo.kind, photo.text) == ("photo", "my photo")
        await town.judge(photo, Outcome.HOLD)
        assert "[photo] my photo" in text_of(await town.sees(MIA, ROOM, "Held for review"))
        town.server.send_sticker(BEN, DISCUSSION, reply_to=post)
        assert (await newest(town, BEN)).kind == "sticker"


async def test_a_channel_that_speaks_is_the_author(platform: TelegramServer, open_town: OpenTown) -> None:
    platform.add_channel(-1001000000009, "Ann's Garden", "garden", admins=[ANN])
    town = open_town(direct=True)
    async with serving(town.newsroom):
        post = await copy_of_the_post(town)
        town.server.say(ANN, DISCUSSION, "Spoken as a channel.", reply_to=post, as_channel=-1001000000009)
        comment = await newest(town, -1001000000009)
        assert (comment.author.account, comment.author.name) == ("-1001000000009", "Ann's Garden")


async def test_where_answers_with_the_number_of_the_chat(town: Town) -> None:
    town.server.say(MIA, ROOM, "/where")
    assert "TELEGRAM_MODERATORS" in text_of(await town.sees(MIA, ROOM, f"The number of this chat: {ROOM}"))


async def test_what_was_written_while_the_bot_was_away_is_judged_when_it_is_back(open_town: OpenTown) -> None:
    town = open_town(direct=True)
    async with serving(town.newsroom):
        post = await copy_of_the_post(town)
    town.server.say(ANN, DISCUSSION, "Anybody there?", reply_to=post)
    async with serving(town.newsroom):
        assert (await newest(town, ANN)).text == "Anybody there?"


async def test_the_thread_opens_with_an_invitation(town: Town) -> None:
    await town.publish()
    invitation = await town.sees(ANN, DISCUSSION, "Share your thoughts")
    assert labels_of(invitation) == ["Write a comment"]
    assert town.find(ANN, CHANNEL, "Share your thoughts") is None
