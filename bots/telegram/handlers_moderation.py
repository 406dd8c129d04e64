"""Decisions in the moderators' room, and taking down from the thread."""

from telegram import CallbackQuery, Update, User
from telegram import Message as Posted
from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest

from bots.newsroom.actions import Action, Verb
from bots.newsroom.comments.comment import Comment, CommentState
from bots.newsroom.comments.service import Verdict
from bots.newsroom.delivery.posts import Sent
from bots.newsroom.messages import Message, Platform, Quote, Room
from bots.newsroom.staff import StaffMember
from bots.telegram import texts
from bots.telegram.desk import Desk

NOT_STAFF = "Only the newsroom's staff can decide that. Nothing was changed."
_PRESENT = frozenset({ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.MEMBER})
_DONE = {
    CommentState.PUBLISHED: "approved",
    CommentState.REJECTED: "rejected",
    CommentState.REMOVED: "taken down",
    CommentState.WITHDRAWN: "taken back by its author",
}


class ModerationHandlers:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._comments = desk.newsroom.comments

    async def decide(self, query: CallbackQuery, action: Action, op: str) -> None:
        """A press on Approve, Reject, Take down or Next. It counts for staff, in the moderators' room, only."""
        chat = query.message.chat.id if query.message else None
        member = await self._staff(query.from_user, chat)
        if member is None:
            await self._desk.toast(query, NOT_STAFF, alert=True)
        elif action.verb is Verb.NEXT:
            await self._comments.next_cards(Platform.TELEGRAM, op)
            await self._desk.toast(query)
        else:
            await self._desk.toast(query, _said(await self._verdict(action, member)))

    async def take_down(self, update: Update) -> None:
        """/takedown as an answer to a comment in the thread. What comes of it is said in the moderators' room."""
        command = update.message
        if command is None:
            return
        member = await self._staff(command.from_user, await self._desk.chats.number(Room.MODERATORS))
        await self._desk.drop(command)
        if member is not None:
            await self._tell_room(await self._taken_down(command.reply_to_message, member))

    async def _verdict(self, action: Action, member: StaffMember) -> Verdict | None:
        match action.verb:
            case Verb.APPROVE:
                return await self._comments.approve(action.subject, member.name)
            case Verb.REJECT:
                return await self._comments.reject(action.subject, member.name)
            case _:
                return await self._comments.remove(action.subject, member.name)

    async def _staff(self, person: User | None, chat: int | None) -> StaffMember | None:
        """The staff entry, if the press was in the moderators' room and they still belong there."""
        room = await self._desk.chats.number(Room.MODERATORS)
        if person is None or room is None or chat != room:
            return None
        member = self._desk.newsroom.staff.member(Platform.TELEGRAM, str(person.id))
        return member if member and await self._belongs(person, room) else None

    async def _belongs(self, person: User, room: int) -> bool:
        try:
            return (await self._desk.bot.get_chat_member(room, person.id)).status in _PRESENT
        except BadRequest:
            return False

    async def _taken_down(self, answered: Posted | None, member: StaffMember) -> Message:
        found = await self._comments_in(answered)
        if not found:
            return Message(title="/takedown found no comment.", body="Send it as an answer to a published comment.")
        if len(found) > 1:
            return texts.which_one([(comment.id, Quote(comment.text, comment.author.name)) for comment in found])
        verdict = await self._comments.remove(found[0].id, member.name)
        return Message(title=_said(verdict), quotes=(Quote(found[0].text, found[0].author.name),), silent=True)

    async def _comments_in(self, posted: Posted | None) -> list[Comment]:
        """The comments that a message shows: one, several joined ones, or none."""
        if posted is None:
            return []
        posts = self._desk.newsroom.stores.posts
        ref = await posts.ref_of(Platform.TELEGRAM, Sent(str(posted.chat.id), str(posted.message_id)))
        refs = await posts.parts(ref) or [ref] if ref else []
        found = [await self._comments.get(ref.split(":")[1]) for ref in refs if ref.startswith("comment:")]
        return [comment for comment in found if comment is not None]

    async def _tell_room(self, message: Message) -> None:
        room = await self._desk.chats.number(Room.MODERATORS)
        if room is not None:
            await self._desk.say(room, message, private=False)


def _said(verdict: Verdict | None) -> str:
    """What became of it, and who decided when it was not this press."""
    if verdict is None:
        return "This comment is not there any more."
    state = _DONE.get(verdict.comment.state, "under review again")
    if verdict.won:
        return f"{state.capitalize()}."
    by = f" by {verdict.comment.decided_by}" if verdict.comment.decided_by else ""
    return f"Already {state}{by}."
