"""Which of Telegram's chats is which room."""

import logging

from telegram import Bot

from bots.newsroom.delivery.errors import MessageRefused
from bots.newsroom.messages import Destination, Room
from bots.telegram.errors import SETTING
from config import TelegramSettings

log = logging.getLogger(__name__)


class Chats:
    """Names are looked up once; a group that became a supergroup is followed until the settings know its new number."""

    def __init__(self, bot: Bot, settings: TelegramSettings) -> None:
        self._bot = bot
        self._names = {
            Room.CHANNEL: settings.channel,
            Room.STORY: settings.discussion,
            Room.MODERATORS: settings.moderators,
        }
        self._numbers: dict[Room, int] = {}

    async def number(self, room: Room) -> int | None:
        """The room's chat, None where none is set or linked. Raises TelegramError when its name cannot be looked up."""
        if room not in self._numbers:
            number = await self._look_up(room)
            if number is None:
                return None
            self._numbers[room] = number
        return self._numbers[room]

    async def room_of(self, chat_id: int) -> Room | None:
        """Which room this chat is; None for private chats and foreign groups."""
        for room in self._names:
            if await self.number(room) == chat_id:
                return room
        return None

    async def of(self, destination: Destination) -> int:
        """The chat of a destination. Raises MessageRefused for a room that nothing is set for, and TelegramError."""
        if destination.room in {Room.PRIVATE, Room.ANSWER}:
            return int(destination.address)
        number = await self.number(destination.room)
        if number is None:
            setting = SETTING[destination.room]
            raise MessageRefused(f"{setting} is not set. Send /where in that chat, and set {setting} to the answer.")
        return number

    def moved(self, room: Room, number: int) -> None:
        """Telegram gave the group a new number."""
        self._numbers[room] = number
        log.warning("The group of %s has a new number: set %s to %s.", SETTING[room], SETTING[room], number)

    async def _look_up(self, room: Room) -> int | None:
        name = self._names[room]
        if name is None:
            return await self._linked() if room is Room.STORY else None
        if not name.startswith("@"):
            return int(name)
        return (await self._bot.get_chat(name)).id

    async def _linked(self) -> int | None:
        """The discussion group that the channel names as its own."""
        channel = await self.number(Room.CHANNEL)
        return None if channel is None else (await self._bot.get_chat(channel)).linked_chat_id
