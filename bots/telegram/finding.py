"""Did an interrupted send arrive? Telegram tells a bot nothing about its own messages, but they can be looked at."""

from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Self
from urllib.parse import parse_qs, urlsplit

from telegram import Bot, InlineKeyboardMarkup
from telegram import Message as Posted
from telegram.error import BadRequest

from bots.newsroom.delivery.errors import Uncertain
from bots.newsroom.delivery.posts import Delivery, Sent
from bots.newsroom.messages import Message, Platform, Room
from bots.storage.stores import Stores
from bots.telegram.chats import Chats
from bots.telegram.errors import says_not_forwardable, says_not_there
from bots.telegram.render import keyboard
from bots.telegram.text import WORD_JOINER, one_line

LOOKS = 30
"""Messages looked at for one send: each costs a forward and a delete of the moderators' room's budget."""
MISSES = 10
"""So many numbers in a row without a message: the chat's end is reached."""
_ENOUGH = 50
"""Characters of a text that tell it from others; a long one may have been shown shortened."""


class Finder:
    def __init__(self, bot: Bot, chats: Chats, stores: Stores) -> None:
        self._bot = bot
        self._chats = chats
        self._stores = stores

    async def find(self, delivery: Delivery) -> Sent | None:
        """The message that an earlier attempt left behind; None when it did not arrive.

        The bot forwards the messages after `floor` silently into the moderators' room, compares them with what was to
        be sent, and deletes each copy at once: readers see nothing of it. In the channel it begins with posts whose
        copy came into the discussion group. What is known to be something else is left out. In a private chat the
        reader would see such looks, so nothing can be known there and a message is sent at most once.

        Raises Uncertain where nothing can be known, TelegramError when a look fails.
        """
        if delivery.post.destination.room in {Room.PRIVATE, Room.ANSWER}:
            raise Uncertain("a private message cannot be looked for")
        desk = await self._chats.number(Room.MODERATORS)
        if desk is None or delivery.attempted is None:
            raise Uncertain("nothing to look for" if desk else "there is no moderators' room to look from")
        marks = _Marks.of(delivery.attempted, self._bot.username)
        misses = 0
        async for candidate in self._candidates(delivery):
            found = await self._look(candidate, desk)
            if isinstance(found, Posted) and marks.are_in(found):
                return candidate
            misses = 0 if found else misses + 1
            if misses == MISSES:
                break
        return None

    async def _candidates(self, delivery: Delivery) -> AsyncIterator[Sent]:
        """Messages after the floor that may be ours, in the order in which looking is most likely to help."""
        chat, first = await self._chat(delivery), int(delivery.floor or 0) + 1
        numbers = [str(number) for number in range(first, first + LOOKS)]
        copied = [number for number in numbers if await self._is_copied(delivery, number)]
        for number in [*copied, *(number for number in numbers if number not in copied)]:
            candidate = Sent(chat, number)
            if await self._stores.posts.ref_of(Platform.TELEGRAM, candidate) in {None, delivery.post.ref}:
                yield candidate

    async def _chat(self, delivery: Delivery) -> str:
        copy = await self._stores.copies.of(delivery.thread.message_id) if delivery.thread else None
        return copy.chat if copy else str(await self._chats.of(delivery.post.destination))

    async def _is_copied(self, delivery: Delivery, number: str) -> bool:
        return delivery.post.destination.room is Room.CHANNEL and await self._stores.copies.of(number) is not None

    async def _look(self, candidate: Sent, desk: int) -> Posted | bool:
        """The message; True when there is one that cannot be looked at; False when there is none."""
        try:
            copy = await self._bot.forward_message(
                desk, candidate.chat, int(candidate.message_id), disable_notification=True
            )
        except BadRequest as error:
            if says_not_there(error) or says_not_forwardable(error):
                return says_not_forwardable(error)
            raise
        with suppress(BadRequest):
            await self._bot.delete_message(desk, copy.message_id)
        return copy


@dataclass(frozen=True, slots=True)
class _Marks:
    """What tells a message from others, whatever version of it was sent: never counts, states or footers."""

    words: tuple[str, ...]
    links: frozenset[str]

    @classmethod
    def of(cls, message: Message, username: str) -> Self:
        if message.quotes:
            quote = message.quotes[0]
            words: tuple[str, ...] = (quote.byline, quote.text, message.footer.split(" · ")[0])
        else:
            words = (message.thread_title or message.title or message.body,)
        plain = tuple(one_line(word)[:_ENOUGH] for word in words)
        return cls(tuple(word for word in plain if word), _payloads(keyboard(message, username, private=False)))

    def are_in(self, posted: Posted) -> bool:
        """The words, and no button that leads to another story or comment."""
        text = one_line((posted.text or posted.caption or "").replace(WORD_JOINER, ""))
        there = _payloads(posted.reply_markup)
        return bool(self.words) and all(word in text for word in self.words) and (there <= self.links or not self.links)


def _payloads(markup: InlineKeyboardMarkup | None) -> frozenset[str]:
    buttons = [button for row in markup.inline_keyboard for button in row] if markup else []
    queries = [parse_qs(urlsplit(button.url).query) for button in buttons if button.url]
    return frozenset(payload for query in queries for payload in query.get("start", []))
