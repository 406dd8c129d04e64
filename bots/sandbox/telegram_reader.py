"""A reader on the local Telegram who takes part in the first story."""

from collections.abc import Callable
from typing import Any

from bots.sandbox.personas import Person
from bots.sandbox.telegram import TelegramServer
from bots.sandbox.world import CHANNEL, TELEGRAM_BOT

_PATIENCE_S = 10.0
Json = dict[str, Any]


class TelegramReader:
    def __init__(self, telegram: TelegramServer, person: Person) -> None:
        self._telegram = telegram
        self._user = person.telegram or 0

    async def vote(self, option: str) -> bool:
        """Whether the bot answered. The same vote twice is one vote."""
        return await self._telegram.tap(self._user, CHANNEL, await self._story(), option) is not None

    async def comment(self, text: str) -> bool:
        """Press Comment, and write once the bot asks for it. Whether it was written."""
        if any(_words(message) == text for message in self._private()):
            return True  # before a restart: the bot gets it, or has it
        await self._telegram.tap(self._user, CHANNEL, await self._story(), "Comment")
        asked_at = max(message["id"] for message in self._private() if message["mine"])
        if not await self._until(lambda: self._was_answered(asked_at)):
            return False
        said = self._telegram.say(self._user, TELEGRAM_BOT, text)
        await self._until(lambda: self._was_answered(said))
        return True

    async def _story(self) -> int:
        """The first post with a Comment button, as soon as it is there."""
        while not (found := [post["id"] for post in self._chat(CHANNEL) if _has_comment_button(post)]):
            await self._telegram.wait_for_change(self._telegram.revision, _PATIENCE_S)
        return int(found[0])

    def _private(self) -> list[Json]:
        return self._chat(TELEGRAM_BOT)

    def _chat(self, chat_id: int) -> list[Json]:
        chats = self._telegram.view(str(self._user))["chats"]
        return next((chat["messages"] for chat in chats if chat["id"] == chat_id), [])

    def _was_answered(self, message_id: int) -> bool:
        return any(not message["mine"] and message["id"] > message_id for message in self._private())

    async def _until(self, condition: Callable[[], bool]) -> bool:
        """Whether it came about before a long while without any change."""
        seen = self._telegram.revision
        while not condition():
            now = await self._telegram.wait_for_change(seen, _PATIENCE_S)
            if now == seen:
                return False
            seen = now
        return True


def _words(message: Json) -> str:
    return "".join(piece["text"] for piece in message["text"])


def _has_comment_button(post: Json) -> bool:
    return any(button["label"] == "Comment" for row in post["buttons"] for button in row)
