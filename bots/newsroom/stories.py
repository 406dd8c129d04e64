"""What every feature shares about a story: its name and where its channel posts and threads are."""

from dataclasses import dataclass
from typing import Protocol

from bots.newsroom.messages import Platform


@dataclass(frozen=True, slots=True)
class Story:
    """`id` is short ("s7"); `headline` is the newest one."""

    id: str
    headline: str
    topic: str = "general"


def channel_ref(story_id: str, platform: Platform) -> str:
    """The name of the story's post in the alerts channel; its thread hangs below that post."""
    return f"alert:{story_id}:{platform}"


class Stories(Protocol):
    async def get(self, story_id: str) -> Story | None: ...
