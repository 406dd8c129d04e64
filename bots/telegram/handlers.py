"""What Telegram hands in, and who answers it."""

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any

from telegram import CallbackQuery, Update, User
from telegram.constants import ChatMemberStatus, ChatType
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bots.newsroom.actions import Action, Verb, parse_action
from bots.newsroom.messages import Platform, Room
from bots.newsroom.polls.card import vote_answer
from bots.newsroom.polls.poll import Ballot
from bots.telegram import texts
from bots.telegram.desk import Desk
from bots.telegram.handlers_comments import CommentHandlers
from bots.telegram.handlers_discussion import DiscussionHandlers
from bots.telegram.handlers_moderation import ModerationHandlers
from bots.telegram.handlers_subscription import SubscriptionHandlers

ALLOWED_UPDATES = ("message", "edited_message", "channel_post", "callback_query", "my_chat_member")
"""Asked for by name: Telegram holds some kinds back unless asked, and the others would be work for nothing."""

App = Application[Any, Any, Any, Any, Any, Any]
Press = Callable[[CallbackQuery, Action, str], Awaitable[None]]
ToPerson = Callable[[User], Awaitable[None]]
_PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
_ROOMS = filters.UpdateType.MESSAGE | filters.UpdateType.CHANNEL_POST


class Handlers:
    """One handler takes an update: the first below that it fits; besides, every room's message ids are noted."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._comments = CommentHandlers(desk)
        self._moderation = ModerationHandlers(desk)
        self._subscription = SubscriptionHandlers(desk)
        self._discussion = DiscussionHandlers(desk)
        self._presses = self._answers_to_presses()

    def register(self, application: App) -> None:
        commands: Mapping[str, ToPerson] = {
            "subscribe": self._subscription.subscribe,
            "topics": self._subscription.show,
            "stop": self._subscription.stop,
            "mycomments": self._comments.show_mine,
            "help": self._help,
        }
        for name, answer in commands.items():
            application.add_handler(CommandHandler(name, _to_person(answer), _PRIVATE))
        application.add_handler(CommandHandler("start", self._start, _PRIVATE))
        application.add_handler(CommandHandler("where", self._where, _ROOMS))
        application.add_handler(CommandHandler("takedown", self._take_down, filters.ChatType.SUPERGROUP))
        application.add_handler(MessageHandler(_PRIVATE & filters.COMMAND, _to_person(self._help)))
        application.add_handler(MessageHandler(_PRIVATE, self._write))
        application.add_handler(MessageHandler(filters.UpdateType.MESSAGE, self._in_group))
        application.add_handler(MessageHandler(filters.UpdateType.EDITED_MESSAGE, self._edited))
        application.add_handler(CallbackQueryHandler(self._press))
        application.add_handler(ChatMemberHandler(self._standing, ChatMemberHandler.MY_CHAT_MEMBER))
        application.add_handler(MessageHandler(_ROOMS & ~filters.ChatType.PRIVATE, self._note), group=-1)

    def _answers_to_presses(self) -> Mapping[Verb, Press]:
        decisions = dict.fromkeys((Verb.APPROVE, Verb.REJECT, Verb.REMOVE, Verb.NEXT), self._moderation.decide)
        return {
            Verb.VOTE: self._vote,
            Verb.COMMENT: self._begin,
            Verb.REPLY: self._begin,
            Verb.CANCEL: lambda query, _action, _op: self._comments.cancel(query),
            Verb.WITHDRAW: lambda query, action, _op: self._comments.withdraw(query, action),
            Verb.TOPIC: self._subscription.toggle,
            **decisions,
        }

    async def _start(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Alone it greets; with the payload of a deep link it begins a comment or a reply."""
        person = update.effective_user
        if person is None:
            return
        verb, _, subject = (context.args[0] if context.args else "").partition("-")
        if subject and verb in {Verb.COMMENT, Verb.REPLY}:
            await self._comments.begin(person, Action(Verb(verb), subject))
        else:
            await self._subscription.greet(person)

    async def _help(self, person: User) -> None:
        await self._desk.say(person.id, texts.HELP)

    async def _where(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        chat = update.effective_chat
        if chat is not None:
            private = chat.type == ChatType.PRIVATE
            await self._desk.say(chat.id, texts.where(chat.id, chat.type), private=private)

    async def _write(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        await self._comments.write(update)

    async def _take_down(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        await self._moderation.take_down(update)

    async def _in_group(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        posted = update.message
        if posted is None or await self._desk.chats.room_of(posted.chat.id) is not Room.STORY:
            return
        if posted.is_automatic_forward:
            await self._discussion.brought_over(posted)
        elif not filters.StatusUpdate.ALL.check_update(update):
            await self._discussion.typed(update)

    async def _edited(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        chat = update.effective_chat
        if chat is not None and await self._desk.chats.room_of(chat.id) is Room.STORY:
            await self._discussion.edited(update)

    async def _press(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        action = parse_action(query.data or "") if query else None
        if query is None:
            return
        if action is None:
            await self._desk.toast(query, "This button does nothing any more.")
        else:
            await self._presses[action.verb](query, action, f"telegram:{update.update_id}")

    async def _vote(self, query: CallbackQuery, action: Action, op: str) -> None:
        option = int(action.option) if action.option.isdecimal() else -1
        number = int(op.rpartition(":")[2])
        ballot = Ballot(action.subject, Platform.TELEGRAM, str(query.from_user.id), option, number)
        result = await self._desk.newsroom.polls.vote(ballot)
        await self._desk.toast(query, vote_answer(await self._desk.newsroom.polls.get(action.subject), result))

    async def _begin(self, query: CallbackQuery, action: Action, _op: str) -> None:
        await self._desk.toast(query)
        await self._comments.begin(query.from_user, action)

    async def _standing(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """A reader who blocks the bot gets nothing more, also after they unblock it: they did not ask for it again."""
        changed = update.my_chat_member
        if (
            changed
            and changed.chat.type == ChatType.PRIVATE
            and changed.new_chat_member.status == ChatMemberStatus.BANNED
        ):
            await self._desk.newsroom.stores.readers.gone(Platform.TELEGRAM, str(changed.chat.id))

    async def _note(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """What was posted by others: a message of ours that comes later has a higher id."""
        posted = update.effective_message
        if posted is not None:
            posts = self._desk.newsroom.stores.posts
            await posts.note_message_id(Platform.TELEGRAM, str(posted.chat.id), str(posted.message_id))


def _to_person(answer: ToPerson) -> Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, None]]:
    async def handle(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.effective_user is not None:
            await answer(update.effective_user)

    return handle
