"""Writing a comment in the private chat, and taking one back."""

from datetime import datetime, timedelta

from telegram import CallbackQuery, Update, User
from telegram import Message as Posted

from bots.newsroom.actions import Action, Verb
from bots.newsroom.comments.comment import Comment, CommentDraft, CommentState
from bots.newsroom.comments.messages import mine_message
from bots.newsroom.messages import Destination, Platform, Quote, Room
from bots.newsroom.readers import Draft, Reader
from bots.telegram import texts
from bots.telegram.desk import Desk, reader_of
from bots.telegram.kinds import kind_of

_SPLIT_AT = 4000
"""An app sends a longer text as several messages within a moment. Those after the first must not become comments."""
_MOMENT = timedelta(seconds=2)


class CommentHandlers:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._newsroom = desk.newsroom
        self._refused_at: dict[str, datetime] = {}

    async def begin(self, person: User, action: Action) -> None:
        """The reader pressed Comment or Reply, here or in the channel: the next text is the comment."""
        draft, answered = Draft(action.subject), None
        if action.verb is Verb.REPLY:
            comment = await self._newsroom.comments.get(action.subject)
            if comment is None or comment.state is not CommentState.PUBLISHED:
                await self._desk.say(person.id, texts.NOT_THERE)
                return
            draft, answered = Draft(comment.story_id, comment.id), Quote(comment.text, comment.author.name)
        await self._ask(person, draft, answered)

    async def write(self, update: Update) -> None:
        """Any message in private that is no command: a comment if one was begun."""
        posted, person = update.message, update.effective_user
        if posted is None or person is None:
            return
        draft = await self._newsroom.stores.drafts.current(Platform.TELEGRAM, str(person.id))
        if draft is None:
            await self._desk.say(person.id, texts.NO_DRAFT)
        elif self._belongs_to_a_refused_one(posted):
            return
        elif not await self._refuses(posted):
            await self._submit(update.update_id, reader_of(person), draft, posted.text or "")

    async def cancel(self, query: CallbackQuery) -> None:
        await self._newsroom.stores.drafts.end(Platform.TELEGRAM, str(query.from_user.id))
        await self._desk.toast(query)
        await self._desk.replace(query, texts.CANCELLED)

    async def show_mine(self, person: User) -> None:
        mine = await self._newsroom.comments.mine(reader_of(person))
        await self._desk.say(person.id, mine_message(tuple(mine)))

    async def withdraw(self, query: CallbackQuery, action: Action) -> None:
        """From the list, which then shows the new state, or below a notice, which another one will follow."""
        reader = reader_of(query.from_user)
        comment = await self._newsroom.comments.withdraw(action.subject, reader)
        await self._desk.toast(query, _withdrawn(comment))
        if comment is not None:
            mine = await self._newsroom.comments.mine(reader)
            await self._desk.replace(query, mine_message(tuple(mine)))

    async def _ask(self, person: User, draft: Draft, answered: Quote | None) -> None:
        stores, reader = self._newsroom.stores, reader_of(person)
        story = await stores.stories.get(draft.story_id)
        if story is None:
            await self._desk.say(person.id, texts.NOT_OPEN)
            return
        await stores.drafts.begin(Platform.TELEGRAM, reader.account, draft)
        name = "" if await stores.readers.was_told(Platform.TELEGRAM, reader.account) else reader.name
        limit = self._newsroom.settings.comments.max_length
        await self._desk.say(person.id, texts.prompt(story.headline, limit, untold_name=name, answered=answered))
        await stores.readers.told(Platform.TELEGRAM, reader.account)

    async def _refuses(self, posted: Posted) -> bool:
        """Says why this cannot be a comment; the reader may try again."""
        limit, text, kind = self._newsroom.settings.comments.max_length, posted.text or "", kind_of(posted)
        if kind != "text":
            await self._desk.say(posted.chat.id, texts.only_text(kind))
        elif len(text) > limit:
            if len(text) >= _SPLIT_AT:
                self._refused_at[str(posted.chat.id)] = posted.date
            await self._desk.say(posted.chat.id, texts.too_long(len(text), limit))
        return kind != "text" or len(text) > limit

    def _belongs_to_a_refused_one(self, posted: Posted) -> bool:
        refused_at = self._refused_at.pop(str(posted.chat.id), None)
        if refused_at is None or posted.date - refused_at > _MOMENT:
            return False
        self._refused_at[str(posted.chat.id)] = posted.date
        return True

    async def _submit(self, update_id: int, author: Reader, draft: Draft, text: str) -> None:
        """Received is said only once it is kept. The draft ends last: a repeat of this update must find it."""
        answer = Destination(Platform.TELEGRAM, Room.PRIVATE, author.account)
        comment = CommentDraft(draft.story_id, author, text, reply_to=draft.reply_to, answer=answer)
        await self._newsroom.comments.submit(comment, op=f"telegram:{update_id}")
        await self._desk.say(int(author.account), texts.received())
        await self._newsroom.stores.drafts.end(Platform.TELEGRAM, author.account)


def _withdrawn(comment: Comment | None) -> str:
    if comment is None:
        return "This is not your comment."
    if comment.state is CommentState.WITHDRAWN:
        return "You took it back. It goes from Telegram and Discord."
    return "It is not published, so there is nothing to take back."
