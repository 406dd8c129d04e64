"""Carries out deliveries on Telegram and says in the newsroom's words what became of them."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from telegram import Bot
from telegram import Message as Posted
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bots.newsroom.delivery.errors import MessageGone, MessageRefused, RetryLater, Uncertain
from bots.newsroom.delivery.posts import Delivery, Sent
from bots.newsroom.messages import Destination, Platform, Room
from bots.storage.stores import Stores
from bots.telegram import posting
from bots.telegram.chats import Chats
from bots.telegram.errors import meaning, says_no_reply
from bots.telegram.finding import Finder
from bots.telegram.render import Rendered, render

COPY_PAUSE_S = 0.5
COPY_PATIENCE = 120
"""How often to look for a post's copy in the discussion group before a person is told."""


class TelegramSender:
    """Implements `delivery.ports.Sender`. Raises only members of the delivery family."""

    def __init__(self, bot: Bot, chats: Chats, stores: Stores) -> None:
        self._bot = bot
        self._chats = chats
        self._stores = stores
        self._finder = Finder(bot, chats, stores)

    async def send(self, delivery: Delivery) -> Sent:
        async with self._translated(delivery.post.destination):
            chat, answers = await self._place(delivery)
            posted = await self._answer(chat, answers, self._rendered(delivery))
            return Sent(str(posted.chat.id), str(posted.message_id))

    async def edit(self, delivery: Delivery) -> None:
        async with self._translated(delivery.post.destination), _left_behind():
            await posting.edit(self._bot, _sent(delivery), self._rendered(delivery))

    async def delete(self, delivery: Delivery) -> None:
        async with self._translated(delivery.post.destination), _left_behind():
            await posting.remove(self._bot, _sent(delivery))

    async def find(self, delivery: Delivery) -> Sent | None:
        """See `Finder.find`. Looking changes nothing, so a look that broke off is simply repeated."""
        async with self._translated(delivery.post.destination, looking=True):
            return await self._finder.find(delivery)

    def _rendered(self, delivery: Delivery) -> Rendered:
        if delivery.post.message is None:
            raise MessageRefused("There is nothing to show.")
        private = delivery.post.destination.room in {Room.PRIVATE, Room.ANSWER}
        return render(delivery.post.message, self._bot.username, private=private)

    async def _place(self, delivery: Delivery) -> tuple[int, Sequence[int]]:
        """The chat, and whom to answer there: the first that still exists. A thread is the answers to a post's copy.

        Raises RetryLater while Telegram has not brought the channel post into the discussion group yet.
        """
        destination = delivery.post.destination
        if destination.room is not Room.STORY or delivery.thread is None:
            return await self._chats.of(destination), ()
        copy = await self._stores.copies.of(delivery.thread.message_id)
        if copy is None:
            raise _no_copy(delivery.attempts)
        return int(copy.chat), [int(sent.message_id) for sent in (delivery.reply_to, copy) if sent]

    async def _answer(self, chat: int, answers: Sequence[int], shown: Rendered) -> Posted:
        for answered in answers[:-1]:
            try:
                return await posting.post(self._bot, chat, shown, answered)
            except BadRequest as error:
                if not says_no_reply(error):
                    raise
        return await posting.post(self._bot, chat, shown, answers[-1] if answers else None)

    @asynccontextmanager
    async def _translated(self, destination: Destination, *, looking: bool = False) -> AsyncIterator[None]:
        try:
            yield
        except TelegramError as error:
            await self._learn(error, destination)
            result = meaning(error, destination)
            if looking and isinstance(result, Uncertain):
                raise RetryLater(f"could not look: {result}", 2.0) from error
            raise result from error

    async def _learn(self, error: TelegramError, destination: Destination) -> None:
        """What an error tells beyond this one delivery."""
        if isinstance(error, ChatMigrated):
            self._chats.moved(destination.room, error.new_chat_id)
        if isinstance(error, Forbidden) and destination.room is Room.PRIVATE:
            await self._stores.readers.gone(Platform.TELEGRAM, destination.address)


@asynccontextmanager
async def _left_behind() -> AsyncIterator[None]:
    """A group that becomes a supergroup begins an empty history: what was posted before stays out of reach."""
    try:
        yield
    except ChatMigrated as error:
        raise MessageGone(
            f"The group has a new number, {error.new_chat_id}; the message stayed in the old one"
        ) from error


def _sent(delivery: Delivery) -> Sent:
    if delivery.sent is None:
        raise MessageGone("It was never shown.")
    return delivery.sent


def _no_copy(attempts: int) -> RetryLater | MessageRefused:
    if attempts < COPY_PATIENCE:
        return RetryLater("Telegram has not brought the post into the discussion group yet", COPY_PAUSE_S, alone=True)
    return MessageRefused(
        "The channel's post never came into the discussion group: link the group to the channel and make the bot "
        "an administrator there (`newsdesk doctor` looks), then publish again."
    )
