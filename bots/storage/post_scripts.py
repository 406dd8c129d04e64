"""What the store of posts and the outbox share: the scripts about one post, and in which partition a post is."""

from collections.abc import Sequence
from typing import Any

from redis.asyncio import Redis

from bots.newsroom.clock import Clock
from bots.newsroom.delivery.posts import Sent
from bots.newsroom.messages import Destination, Room
from bots.storage.codec import to_ms
from bots.storage.keys import ND, PARTITIONS, Family, key, prefix
from bots.storage.lua import Script
from bots.storage.retention import keep_ms

TAGS = (ND, *PARTITIONS)
"""Rooms first: what many wait for."""
_REMEMBERED = 50_000
_NAMES = ("put", "adopt", "lease", "sending", "shown", "again", "end", "join")


class PostScripts:
    def __init__(self, client: Redis, clock: Clock) -> None:
        self.client = client
        self._clock = clock
        self._tags: dict[str, str] = {}
        self.private_changes = 0
        """How often this process changed something about a reader's post: what makes the outbox look again at once."""
        self._scripts = {name: Script(client, "floors", "posts", f"post_{name}") for name in _NAMES}

    async def run(self, name: str, tag: str, ref: str, *args: str | float) -> Any:
        """Runs `scripts/post_NAME.lua` on a post of that partition."""
        prefixes = [prefix(tag, family) for family in (Family.POST, Family.OUTBOX, Family.SHOWN, Family.GROUP)]
        shared = [key(tag, family) for family in (Family.FLOORS, Family.CHATS, Family.COUNTERS)]
        common = (*prefixes, *shared, self.now_ms(), keep_ms(Family.POST), ref)
        self.private_changes += tag != ND and name != "lease"
        return await self._scripts[name]([key(tag, Family.POST, ref)], *common, *args)

    async def run_for(self, name: str, ref: str, *args: str | float) -> None:
        """The same for a post whose partition must be looked up; nothing happens to one that is not known."""
        tag = await self.tag_of(ref)
        if tag is not None:
            await self.run(name, tag, ref, *args)

    def now_ms(self) -> int:
        return to_ms(self._clock())

    def remember(self, ref: str, tag: str) -> None:
        """A post never changes its partition, so this can be forgotten at will but never be wrong."""
        if len(self._tags) >= _REMEMBERED:
            self._tags.clear()
        self._tags[ref] = tag

    async def tag_of(self, ref: str) -> str | None:
        return (await self.tags_of([ref])).get(ref)

    async def tags_of(self, refs: Sequence[str]) -> dict[str, str]:
        """The partitions of the posts that exist. Most are a room's: those are asked for first."""
        await self._look_in((ND,), [ref for ref in refs if ref not in self._tags])
        await self._look_in(PARTITIONS, [ref for ref in refs if ref not in self._tags])
        return {ref: self._tags[ref] for ref in refs if ref in self._tags}

    async def _look_in(self, tags: Sequence[str], refs: Sequence[str]) -> None:
        if not refs:
            return
        places = [(ref, tag) for ref in refs for tag in tags]
        async with self.client.pipeline(transaction=False) as pipeline:
            for ref, tag in places:
                pipeline.exists(key(tag, Family.POST, ref))
            found = await pipeline.execute()
        for (ref, tag), exists in zip(places, found, strict=True):
            if exists:
                self.remember(ref, tag)


def place_of(destination: Destination) -> str:
    """The name under which a room's chat and its highest message id are known; empty for a reader's own chat."""
    if destination.room in {Room.PRIVATE, Room.ANSWER}:
        return ""
    return f"{destination.platform}:{destination.room}:{destination.address}"


def sent_of(chat: str, message_id: str) -> Sent | None:
    return Sent(chat, message_id) if chat else None
