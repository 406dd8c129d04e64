"""Moderators decide. Who is none, or is not in their room, changes nothing and is told so."""

import logging
from collections.abc import Awaitable, Callable

import discord

from bots.discord.desk import Desk, Press, acknowledge
from bots.discord.texts import (
    FULL,
    NO_COMMENT,
    NOT_DECIDED,
    NOT_STAFF,
    NOT_THERE,
    verdict_line,
    which_one,
)
from bots.newsroom.actions import Action, Verb
from bots.newsroom.comments.service import Verdict
from bots.newsroom.delivery.posts import Sent
from bots.newsroom.messages import Message, Platform, Quote
from bots.newsroom.staff import StaffMember

DECIDE_FOR_S = 60.0

log = logging.getLogger(__name__)


async def decide(desk: Desk, press: Press, action: Action) -> None:
    """Approve, reject, take down. The card itself tells everybody who decided; only a second press is answered."""
    if not await acknowledge(press, quietly=True):
        return
    try:
        told = await desk.persist(lambda: _decided(desk, press, action), DECIDE_FOR_S)
    except Exception:
        log.exception("A decision on %s could not be kept.", action.subject)
        told = NOT_DECIDED
    if told is not None:
        await desk.whisper(press, told)


async def _decided(desk: Desk, press: Press, action: Action) -> Message | None:
    """What the person has to be told; None when the decision shows by itself."""
    member = await _moderator(desk, press)
    if member is None:
        return NOT_STAFF
    comments = desk.newsroom.comments
    ways: dict[Verb, Callable[[str, str], Awaitable[Verdict | None]]] = {
        Verb.APPROVE: comments.approve,
        Verb.REJECT: comments.reject,
        Verb.REMOVE: comments.remove,
    }
    verdict = await ways[action.verb](action.subject, member.name)
    if verdict is None:
        return NOT_THERE
    return None if verdict.won else verdict_line(verdict)


async def next_cards(desk: Desk, press: Press, _: Action) -> None:
    if not await acknowledge(press, quietly=True):
        return
    try:
        told = await desk.persist(lambda: _opened(desk, press), DECIDE_FOR_S)
    except Exception:
        log.exception("The next cards could not be opened.")
        told = NOT_DECIDED
    if told is not None:
        await desk.whisper(press, told)


async def _opened(desk: Desk, press: Press) -> Message | None:
    if await _moderator(desk, press) is None:
        return NOT_STAFF
    opened = await desk.newsroom.comments.next_cards(Platform.DISCORD, op=f"discord:{press.id}")
    return None if opened else FULL


async def take_down(desk: Desk, press: Press, message: discord.Message) -> None:
    """From a message's menu, wherever the comment stands. Of several in one message it asks which."""
    if not await acknowledge(press):
        return
    try:
        told = await desk.persist(lambda: _taken_down(desk, press, message), DECIDE_FOR_S)
    except Exception:
        log.exception("A comment could not be taken down.")
        told = NOT_DECIDED
    await desk.answer(press, told)


async def _taken_down(desk: Desk, press: Press, message: discord.Message) -> Message:
    member = await _moderator(desk, press)
    if member is None:
        return NOT_STAFF
    posts = desk.newsroom.stores.posts
    ref = await posts.ref_of(Platform.DISCORD, Sent(str(message.channel.id), str(message.id)))
    found = [comment for part in (await posts.parts(ref) or [ref]) if (comment := _comment_of(part))] if ref else []
    if len(found) > 1:
        return await _which(desk, found)
    verdict = await desk.newsroom.comments.remove(found[0], member.name) if found else None
    if verdict is None:
        return NO_COMMENT
    return verdict_line(verdict)


def _comment_of(ref: str) -> str:
    kind, _, rest = ref.partition(":")
    return rest.partition(":")[0] if kind == "comment" else ""


async def _which(desk: Desk, comments: list[str]) -> Message:
    found = [comment for name in comments if (comment := await desk.newsroom.comments.get(name))]
    return which_one([(comment.id, Quote(comment.text, comment.author.name)) for comment in found])


async def _moderator(desk: Desk, press: Press) -> StaffMember | None:
    """The staff entry of who pressed, if they may enter the moderators' channel."""
    member = desk.newsroom.staff.member(Platform.DISCORD, str(press.user.id))
    room = desk.newsroom.settings.discord.moderators_channel
    if member is None or room is None:
        return None
    return member if press.channel_id == room or await _may_enter(desk, room, press.user.id) else None


async def _may_enter(desk: Desk, room: int, account: int) -> bool:
    """Asked of Discord now, not of what we remember."""
    guild = await desk.roles.guild()
    channel = next((channel for channel in await guild.fetch_channels() if channel.id == room), None)
    if channel is None:
        return False
    return channel.permissions_for(await guild.fetch_member(account)).view_channel
