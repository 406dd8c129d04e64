"""A reader as a platform shows them, and what they asked for."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol

from bots.newsroom.messages import Platform

ALL_TOPICS = "*"
"""The subscription to everything, also to topics that come later."""


@dataclass(frozen=True, slots=True)
class Reader:
    """One account: the platform's id of a person, or of the channel they speak as, and the name others see."""

    platform: Platform
    account: str
    name: str

    @property
    def key(self) -> str:
        return f"{self.platform}:{self.account}"


class Readers(Protocol):
    async def topics(self, platform: Platform, account: str) -> frozenset[str]:
        """The topics the reader gets privately; empty: no subscription."""

    async def subscribe(self, platform: Platform, account: str, topics: frozenset[str]) -> None:
        """Sets the whole choice; empty ends the subscription."""

    async def toggle(self, platform: Platform, account: str, topic: str, op: str) -> frozenset[str]:
        """Follows or stops following one topic, once for each `op`; answers with the choice that is now in force."""

    def subscribers(self, platform: Platform, topic: str) -> AsyncIterator[str]:
        """The accounts that follow the topic or everything, each once, in no order, never all in memory."""

    async def was_told(self, platform: Platform, account: str) -> bool:
        """Whether the reader has been told where comments appear and under which name."""

    async def told(self, platform: Platform, account: str) -> None: ...

    async def gone(self, platform: Platform, account: str) -> None:
        """The reader blocked us or left: subscriptions end."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A comment the reader is about to write in a private chat."""

    story_id: str
    reply_to: str = ""
    """The comment it answers, or empty."""


class Drafts(Protocol):
    """The "now write your comment" state; it ends by itself after half an hour."""

    async def begin(self, platform: Platform, account: str, draft: Draft) -> None: ...
    async def current(self, platform: Platform, account: str) -> Draft | None: ...
    async def end(self, platform: Platform, account: str) -> None: ...
