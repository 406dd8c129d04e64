"""What every handler works with, and how it answers."""

from contextlib import suppress
from dataclasses import dataclass

from telegram import Bot, CallbackQuery, Chat, User
from telegram import Message as Posted
from telegram.error import BadRequest, Forbidden

from bots.bootstrap.newsroom import Newsroom
from bots.newsroom.delivery.posts import Sent
from bots.newsroom.messages import Message, Platform
from bots.newsroom.readers import Reader
from bots.telegram import posting
from bots.telegram.chats import Chats
from bots.telegram.render import render
from bots.telegram.text import cut, one_line

LONGEST_TOAST = 200
"""Characters of the answer to a press (Bot API, answerCallbackQuery)."""
_LONGEST_NAME = 64
_NAMELESS = "Reader"


@dataclass(frozen=True)
class Desk:
    newsroom: Newsroom
    bot: Bot
    chats: Chats

    async def say(self, chat: int, message: Message, *, private: bool = True, answered: int | None = None) -> None:
        """Answers in a chat. Whoever blocked us meanwhile hears nothing; other trouble is raised."""
        with suppress(Forbidden):
            await posting.post(self.bot, chat, render(message, self.bot.username, private=private), answered)

    async def replace(self, query: CallbackQuery, message: Message) -> None:
        """The message whose button was pressed shows this from now on, if it is still there."""
        if query.message is not None:
            sent = Sent(str(query.message.chat.id), str(query.message.message_id))
            with suppress(BadRequest, Forbidden):
                await posting.edit(self.bot, sent, render(message, self.bot.username, private=True))

    async def toast(self, query: CallbackQuery, text: str = "", *, alert: bool = False) -> None:
        """The short answer to a press. Telegram takes it for some seconds only; later nobody waits for it."""
        with suppress(BadRequest):
            await query.answer(cut(text, LONGEST_TOAST) or None, show_alert=alert)

    async def drop(self, posted: Posted) -> None:
        """Deletes a message; one that is gone already is fine."""
        with suppress(BadRequest):
            await self.bot.delete_message(posted.chat.id, posted.message_id)


def reader_of(person: User | Chat) -> Reader:
    """A person, or the channel that they speak as, under the name that others see."""
    name = person.full_name if isinstance(person, User) else person.title
    return Reader(Platform.TELEGRAM, str(person.id), cut(one_line(name or ""), _LONGEST_NAME) or _NAMELESS)


def author_of(posted: Posted) -> Reader | None:
    """Who wrote it: the channel they write as where there is one, else the person."""
    writer = posted.sender_chat or posted.from_user
    return reader_of(writer) if writer else None
