"""What is typed straight into a story's thread: a comment where `comments.direct` is on, else taken out again.

Directly typed comments are judged after they appear (post-moderation): the message stands until the judgement, and
the reader's own words stay where they are when they may.
"""

import logging
from datetime import timedelta

import discord

from bots.discord.desk import Desk
from bots.discord.render import embeds
from bots.discord.texts import CLOSED_THREAD
from bots.newsroom.comments.comment import Comment, CommentDraft, CommentState, comment_ref
from bots.newsroom.delivery.posts import Sent
from bots.newsroom.messages import Destination, Platform, Room
from bots.newsroom.readers import Reader

KEEP_TRYING_S = 600.0
LOOK_BACK = timedelta(hours=48)
"""How far catching up reads; what was kept before is not kept twice, for a week (the store's operation ids)."""
MOST_MISSED = 500
NOTICE_STANDS_S = 60.0
TYPED = frozenset({discord.MessageType.default, discord.MessageType.reply})

log = logging.getLogger(__name__)


async def written(desk: Desk, message: discord.Message) -> None:
    """A message appeared somewhere; only those of people in a story's thread matter."""
    if message.author.bot or message.type not in TYPED or isinstance(message.channel, discord.TextChannel):
        return
    story_id = await desk.persist(lambda: story_of(desk, message.channel.id), KEEP_TRYING_S)
    if story_id is None:
        return
    if desk.newsroom.settings.comments.direct:
        await desk.persist(lambda: _keep(desk, message, story_id), KEEP_TRYING_S)
    elif desk.newsroom.staff.member(Platform.DISCORD, str(message.author.id)) is None:
        await _take_out(desk, message)


async def story_of(desk: Desk, thread_id: int) -> str | None:
    """The story whose post this thread hangs below: the thread has the post's id."""
    channel = desk.newsroom.settings.discord.alerts_channel
    ref = await desk.newsroom.stores.posts.ref_of(Platform.DISCORD, Sent(str(channel), str(thread_id)))
    kind, _, rest = (ref or "").partition(":")
    return rest.partition(":")[0] if kind == "alert" else None


async def _keep(desk: Desk, message: discord.Message, story_id: str) -> None:
    """The message becomes a comment, known by the message that shows it already."""
    author = Reader(Platform.DISCORD, str(message.author.id), message.author.display_name)
    reply_to = await _answered(desk, message)
    draft = CommentDraft(story_id, author, message.content, kind=kind_of(message), reply_to=reply_to, direct=True)
    comment = await desk.newsroom.comments.submit(draft, op=f"discord:{message.id}")
    sent = Sent(str(message.channel.id), str(message.id))
    destination = Destination(Platform.DISCORD, Room.STORY)
    await desk.newsroom.stores.posts.adopt(comment_ref(comment.id, Platform.DISCORD), destination, sent)
    if message.edited_at and comment.text != message.content:
        await _new_edition(desk, comment, message.content, f"{message.id}:{message.edited_at.isoformat()}")


async def _answered(desk: Desk, message: discord.Message) -> str:
    """The comment that this message replies to; empty for none, or for one of several in a message."""
    reference = message.reference
    if message.type is not discord.MessageType.reply or reference is None or reference.message_id is None:
        return ""
    ref = await desk.newsroom.stores.posts.ref_of(
        Platform.DISCORD, Sent(str(reference.channel_id), str(reference.message_id))
    )
    return _comment_id(ref)


def kind_of(message: discord.Message) -> str:
    """What it is beside text: everything we cannot judge has another name."""
    attachment = message.attachments[0] if message.attachments else None
    others = {
        "forward": bool(message.message_snapshots),
        "sticker": bool(message.stickers),
        "poll": message.poll is not None,
        "voice": attachment is not None and attachment.is_voice_message(),
        "photo": attachment is not None and (attachment.content_type or "").startswith("image/"),
        "file": attachment is not None,
    }
    return next((kind for kind, found in others.items() if found), "text")


async def edited(desk: Desk, payload: discord.RawMessageUpdateEvent) -> None:
    """A comment that was typed here has new words: they are judged again. Previews of links are no edit."""
    moment, text = payload.data.get("edited_timestamp"), payload.data.get("content")
    if not desk.newsroom.settings.comments.direct or not moment or text is None:
        return

    async def keep() -> None:
        comment = await _typed(desk, payload.channel_id, payload.message_id)
        if comment is not None and comment.text != text:
            await _new_edition(desk, comment, text, f"{payload.message_id}:{moment}")

    await desk.persist(keep, KEEP_TRYING_S)


async def _new_edition(desk: Desk, comment: Comment, text: str, op: str) -> None:
    await desk.newsroom.comments.edit(comment.id, text, op=f"discord:{op}")


async def deleted(desk: Desk, thread_id: int, message_ids: list[int]) -> None:
    """Who deletes what they typed takes the comment back."""
    if not desk.newsroom.settings.comments.direct:
        return
    for message_id in message_ids:
        await desk.persist(lambda gone=message_id: _taken_back(desk, thread_id, gone), KEEP_TRYING_S)  # type: ignore[misc]


async def _taken_back(desk: Desk, thread_id: int, message_id: int) -> None:
    """Our own deletions are seen here, too: those are of comments that are held or removed."""
    comment = await _typed(desk, thread_id, message_id)
    if comment is not None and comment.state in {CommentState.SUBMITTED, CommentState.PUBLISHED}:
        await desk.newsroom.comments.withdraw(comment.id, comment.author)


async def _typed(desk: Desk, thread_id: int, message_id: int) -> Comment | None:
    """The comment whose author's own message this is, while it stands."""
    sent = Sent(str(thread_id), str(message_id))
    posts = desk.newsroom.stores.posts
    ref = await posts.ref_of(Platform.DISCORD, sent)
    comment_id = _comment_id(ref)
    record = await posts.record(ref) if ref and comment_id else None
    if record is None or not record.adopted or record.sent != sent:
        return None
    return await desk.newsroom.comments.get(comment_id)


def _comment_id(ref: str | None) -> str:
    kind, _, rest = (ref or "").partition(":")
    return rest.partition(":")[0] if kind == "comment" else ""


async def _take_out(desk: Desk, message: discord.Message) -> None:
    """Typing is closed, but the permissions let it through. At most one notice a minute and thread."""
    thread = desk.rest.get_partial_messageable(message.channel.id)
    try:
        await thread.get_partial_message(message.id).delete()
        if desk.notices.allow(message.channel.id, desk.newsroom.clock()):
            await thread.send(embeds=embeds(CLOSED_THREAD), silent=True, delete_after=NOTICE_STANDS_S)
    except discord.NotFound:
        return
    except discord.HTTPException as error:
        log.warning("Typing into a story's thread should be closed (`newsdesk doctor`), and failed to be: %s", error)


async def catch_up(desk: Desk) -> None:
    """Handles what was written into the threads of stories while nobody listened."""
    guild = await desk.roles.guild()
    since = desk.newsroom.clock() - LOOK_BACK
    for thread in await guild.active_threads():
        if thread.parent_id != desk.newsroom.settings.discord.alerts_channel:
            continue
        async for message in desk.rest.get_partial_messageable(thread.id).history(
            limit=MOST_MISSED, after=since, oldest_first=True
        ):
            await written(desk, message)
