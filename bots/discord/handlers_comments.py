"""A reader writes a comment in a form, looks at theirs, takes one back."""

import logging

import discord

from bots.discord.answers import answer_to
from bots.discord.desk import Desk, Press, acknowledge, reader_of
from bots.discord.text import plain
from bots.discord.texts import (
    EMPTY,
    NOT_KEPT,
    NOT_NOW,
    NOT_THERE_TO_ANSWER,
    NOT_YOURS,
    SEND_AGAIN,
    YOUR_TEXT,
    given_back,
)
from bots.discord.texts import received as received_note
from bots.newsroom.actions import Action, Verb
from bots.newsroom.comments.comment import Comment, CommentDraft
from bots.newsroom.comments.messages import TOLD, mine_message, outcome_message

KEEP_TRYING_S = 600.0
"""A form's answer is open for 15 minutes: after ten the reader gets the text back while that can still be shown."""
LOOK_FOR_S = 30.0

log = logging.getLogger(__name__)


class CommentForm(discord.ui.Modal):
    """Opens without asking anything of the store. Its id is the action, so that it can be sent in after a restart."""

    def __init__(self, action: Action, name: str, longest: int) -> None:
        title = "Reply to a comment" if action.verb is Verb.REPLY else "Write a comment"
        super().__init__(title=title, custom_id=str(action))
        self.add_item(discord.ui.TextDisplay(TOLD.format(name=plain(name))))
        words = discord.ui.TextInput[CommentForm](
            style=discord.TextStyle.paragraph, custom_id="text", min_length=1, max_length=longest
        )
        self.add_item(discord.ui.Label(text="Your comment", component=words))
        self.stop()


async def write(desk: Desk, press: Press, action: Action) -> None:
    """Opens the form. Discord tells the reader itself when that comes too late."""
    longest = desk.newsroom.settings.comments.max_length
    try:
        await press.response.send_modal(CommentForm(action, press.user.display_name, longest))
    except discord.HTTPException as error:
        log.warning("The form could not be opened: %s", error)


async def received(desk: Desk, form: Press, action: Action, text: str) -> None:
    """Says "received" only once the comment is kept; else gives the text back."""
    text = text.strip()
    if not await acknowledge(form):
        return
    if not text:
        await desk.answer(form, EMPTY)
        return
    try:
        comment = await desk.persist(lambda: _submit(desk, form, action, text), KEEP_TRYING_S)
    except Exception:
        log.exception("A comment could not be kept; its author has it back.")
        await desk.answer(form, given_back(NOT_KEPT, SEND_AGAIN, text))
        return
    if comment is None:
        await desk.answer(form, given_back(NOT_THERE_TO_ANSWER, YOUR_TEXT, text))
        return
    await desk.answer(form, received_note())
    await _tell_again(desk, form, comment)


async def _submit(desk: Desk, form: Press, action: Action, text: str) -> Comment | None:
    """None when there is no such story, or no such comment to answer."""
    newsroom, reply_to = desk.newsroom, ""
    story_id = action.subject
    if action.verb is Verb.REPLY:
        original = await newsroom.comments.get(action.subject)
        story_id, reply_to = (original.story_id, original.id) if original else ("", "")
    if await newsroom.stores.stories.get(story_id) is None:
        return None
    draft = CommentDraft(story_id, reader_of(form), text, reply_to=reply_to, answer=answer_to(form))
    return await newsroom.comments.submit(draft, op=f"discord:{form.id}")


async def _tell_again(desk: Desk, form: Press, comment: Comment) -> None:
    """A quick decision may have been shown before "received" replaced it."""
    try:
        now = await desk.persist(lambda: desk.newsroom.comments.get(comment.id), LOOK_FOR_S)
    except Exception as error:  # noqa: BLE001 - the comment is kept; only this note may be the older one
        log.warning("Could not look at %s again: %r", comment.id, error)
        return
    outcome = outcome_message(now) if now else None
    if outcome is not None:
        await desk.answer(form, outcome)


async def mine(desk: Desk, press: Press) -> None:
    if not await acknowledge(press):
        return
    try:
        comments = await desk.persist(lambda: desk.newsroom.comments.mine(reader_of(press)), LOOK_FOR_S)
    except Exception:  # noqa: BLE001 - whatever is wrong with the store, the reader gets an answer
        await desk.answer(press, NOT_NOW)
        return
    await desk.answer(press, mine_message(tuple(comments)))


async def withdraw(desk: Desk, press: Press, action: Action) -> None:
    if not await acknowledge(press):
        return
    try:
        comment = await desk.persist(
            lambda: desk.newsroom.comments.withdraw(action.subject, reader_of(press)), LOOK_FOR_S
        )
    except Exception:  # noqa: BLE001 - as above
        await desk.answer(press, NOT_NOW)
        return
    told = outcome_message(comment) if comment else None
    await desk.answer(press, told or NOT_YOURS)
