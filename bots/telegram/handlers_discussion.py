"""The discussion group: copies of channel posts, and what readers type there themselves."""

from datetime import datetime, timedelta

from telegram import Message as Posted
from telegram import MessageOriginChannel, Update
from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest

from bots.newsroom.actions import Action, Verb
from bots.newsroom.comments.comment import CommentDraft, comment_ref
from bots.newsroom.delivery.posts import Sent
from bots.newsroom.messages import Destination, Platform, Room
from bots.telegram import texts
from bots.telegram.desk import Desk, author_of
from bots.telegram.kinds import kind_of

NOTICE_PAUSE = timedelta(minutes=1)
"""At most one notice so often in one thread: a crowd must not be answered one by one."""
_IN_CHARGE = frozenset({ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR})
_THREAD = Destination(Platform.TELEGRAM, Room.STORY)


class DiscussionHandlers:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._stores = desk.newsroom.stores
        self._direct = desk.newsroom.settings.comments.direct
        self._noticed_at: dict[int, datetime] = {}

    async def brought_over(self, posted: Posted) -> None:
        """Telegram copied a channel post here: what answers the copy is the post's thread."""
        origin = posted.forward_origin
        if isinstance(origin, MessageOriginChannel):
            await self._stores.copies.keep(str(origin.message_id), _sent(posted))
            await self._stores.posts.note_message_id(Platform.TELEGRAM, str(origin.chat.id), str(origin.message_id))

    async def typed(self, update: Update) -> None:
        """A reader wrote here, past the button."""
        posted = update.message
        if posted is None or posted.from_user is None or await self._is_house(posted):
            return
        if not self._direct:
            await self._turn_away(posted)
        elif story_id := await self._story_of(posted):
            await self._take(posted, story_id, op=f"telegram:{update.update_id}")

    async def edited(self, update: Update) -> None:
        """A directly typed comment changed: it is judged again."""
        posted = update.edited_message
        ref = await self._ref_of(posted) if posted and self._direct else None
        if posted and ref and ref.startswith("comment:"):
            text = posted.text or posted.caption or ""
            await self._desk.newsroom.comments.edit(ref.split(":")[1], text, op=f"telegram:{update.update_id}")

    async def _take(self, posted: Posted, story_id: str, op: str) -> None:
        author = author_of(posted)
        if author is None:
            return
        text = posted.text or posted.caption or ""
        draft = CommentDraft(story_id, author, text, kind_of(posted), await self._answered(posted), direct=True)
        comment = await self._desk.newsroom.comments.submit(draft, op)
        await self._stores.posts.adopt(comment_ref(comment.id, Platform.TELEGRAM), _THREAD, _sent(posted))

    async def _turn_away(self, posted: Posted) -> None:
        """Typing is closed, but the group's permissions let it through."""
        await self._desk.drop(posted)
        thread = posted.message_thread_id or 0
        last = self._noticed_at.get(thread)
        if last is None or posted.date - last >= NOTICE_PAUSE:
            self._noticed_at[thread] = posted.date
            story_id = await self._story_of(posted)
            action = str(Action(Verb.COMMENT, story_id)) if story_id else ""
            await self._desk.say(posted.chat.id, texts.closed_thread(action), private=False, answered=thread or None)

    async def _is_house(self, posted: Posted) -> bool:
        """The group or channel speaking for itself, or one of its administrators or our staff."""
        channel = await self._desk.chats.number(Room.CHANNEL)
        if posted.sender_chat is not None:
            return posted.sender_chat.id in {posted.chat.id, channel}
        if posted.from_user is None or posted.from_user.is_bot:
            return True
        staff = self._desk.newsroom.staff.member(Platform.TELEGRAM, str(posted.from_user.id))
        return staff is not None or await self._is_in_charge(posted.chat.id, posted.from_user.id)

    async def _is_in_charge(self, chat: int, person: int) -> bool:
        try:
            return (await self._desk.bot.get_chat_member(chat, person)).status in _IN_CHARGE
        except BadRequest:
            return False

    async def _story_of(self, posted: Posted) -> str | None:
        """The story in whose thread a message stands: it answers the copy of the post, or a comment."""
        answered = posted.reply_to_message
        origin = answered.forward_origin if answered else None
        if answered is None:
            return None
        if isinstance(origin, MessageOriginChannel):
            original = Sent(str(origin.chat.id), str(origin.message_id))
            return _story_in(await self._stores.posts.ref_of(Platform.TELEGRAM, original))
        return await self._story_of_ref(await self._ref_of(answered))

    async def _story_of_ref(self, ref: str | None) -> str | None:
        """Comments shown in one message are of one story."""
        parts = await self._stores.posts.parts(ref) if ref else ()
        first = parts[0] if parts else ref
        if first is None or not first.startswith("comment:"):
            return _story_in(first)
        comment = await self._desk.newsroom.comments.get(first.split(":")[1])
        return comment.story_id if comment else None

    async def _answered(self, posted: Posted) -> str:
        """The comment that this one answers; empty for an answer to the story or to several comments in one message."""
        ref = await self._ref_of(posted.reply_to_message)
        return ref.split(":")[1] if ref and ref.startswith("comment:") else ""

    async def _ref_of(self, posted: Posted | None) -> str | None:
        return await self._stores.posts.ref_of(Platform.TELEGRAM, _sent(posted)) if posted else None


def _sent(posted: Posted) -> Sent:
    return Sent(str(posted.chat.id), str(posted.message_id))


def _story_in(ref: str | None) -> str | None:
    """Of "alert:s7:telegram" and "thread:s7:telegram", the story."""
    kind, _, rest = (ref or "").partition(":")
    return rest.split(":")[0] if kind in {"alert", "thread"} else None
