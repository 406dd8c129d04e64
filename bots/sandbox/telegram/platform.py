"""The local Telegram without its doors: the state, the time, what was called and what went wrong."""

import asyncio
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path

from bots.newsroom.clock import Clock
from bots.sandbox.faults import Faults
from bots.sandbox.revision import Revision
from bots.sandbox.state_file import StateFile
from bots.sandbox.telegram.world import (
    ANONYMOUS_ADMIN_ID,
    CHANNEL_BOT_ID,
    SERVICE_ID,
    Bot,
    Chat,
    Json,
    State,
    User,
)

_KEPT_CALLS = 5000

SERVICE_ACCOUNTS = (
    User(SERVICE_ID, "Telegram"),
    User(CHANNEL_BOT_ID, "Channel", username="Channel_Bot", is_bot=True),
    User(ANONYMOUS_ADMIN_ID, "Group", username="GroupAnonymousBot", is_bot=True),
)


@dataclass
class BotCall:
    """One request of a bot. `status` is 0 while it runs, and stays so when its connection was cut before the effect."""

    method: str
    arguments: Json
    bot_id: int
    date: int
    status: int = 0
    answer: Json = field(default_factory=dict)


class Poll:
    """A bot's getUpdates that waits."""

    def __init__(self) -> None:
        self.wake = asyncio.Event()
        self.terminated = False


class Platform:
    def __init__(self, clock: Clock, state_file: Path | None) -> None:
        self._clock = clock
        self._file = StateFile(state_file, State) if state_file else None
        self._touched = False
        self.state: State = (self._file.load() if self._file else None) or State()
        self.state.users |= {account.id: account for account in SERVICE_ACCOUNTS}
        self.revision = Revision()
        self.faults = Faults()
        self.polls: dict[int, Poll] = {}
        self.media_url = ""  # where the page finds uploaded pictures; known once the port is
        self.calls: deque[BotCall] = deque(maxlen=_KEPT_CALLS)
        self.violations: list[str] = []
        self.self_errors: list[str] = []
        self.unimplemented: list[str] = []

    def now(self) -> int:
        return int(self._clock().timestamp())

    def exact_now(self) -> float:
        return self._clock().timestamp()

    def touch(self) -> None:
        """Something has changed; commit() will write it down."""
        self._touched = True

    def commit(self) -> None:
        """Write the state before anybody is told of it. Called once, at the end of a call or a person's action."""
        if not self._touched:
            return
        self._touched = False
        if self._file:
            self._file.save(self.state)
        self.revision.advance()

    def bot_by_token(self, token: str) -> Bot | None:
        return next((bot for bot in self.state.bots.values() if bot.token == token), None)

    def private_chat(self, bot_id: int, user_id: int) -> Chat | None:
        return self.state.chats.get(f"{bot_id}:{user_id}")

    def fresh_id(self, prefix: str) -> str:
        return f"{prefix}{self.state.next_number()}"
