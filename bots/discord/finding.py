"""Finding a message of ours again whose sending was interrupted."""

import base64
import hashlib
from collections.abc import Iterator
from typing import Any

import discord

from bots.discord.render import embeds
from bots.newsroom.messages import Message

LONGEST_NONCE = 25
LOOK_AT = 300
"""Messages since the interrupted attempt that are looked at, oldest first."""


def nonce(ref: str) -> str:
    """The same for each attempt to send the post: for some minutes Discord gives the first message back."""
    return base64.b32encode(hashlib.sha256(ref.encode()).digest()).decode()[:LONGEST_NONCE].lower()


async def find(rest: discord.Client, channel: int, message: Message, floor: str) -> discord.Message | None:
    """Our message that shows this one, among those newer than `floor`. Raises the library's errors."""
    wanted = marks(message)
    after = discord.Object(int(floor)) if floor.isdecimal() else None
    place = rest.get_partial_messageable(channel)
    history = place.history(limit=LOOK_AT, after=after, oldest_first=True) if after else place.history(limit=100)
    async for shown in history:
        if rest.user and shown.author.id == rest.user.id and wanted & _marks_of(shown):
            return shown
    return None


def marks(message: Message) -> frozenset[str]:
    """What tells the post from every other in its room: the actions on its buttons, which name the comment or story.

    Counts and texts change with each version; what its buttons are about does not. Without buttons: its headline.
    """
    actions = {choice.action for row in message.choices for choice in row if choice.action}
    return frozenset(actions) or frozenset(embed.title for embed in embeds(message)[:1] if embed.title)


def _marks_of(message: discord.Message) -> frozenset[str]:
    actions = {str(custom_id) for item in _items(message.components) if (custom_id := getattr(item, "custom_id", ""))}
    return frozenset(actions) or frozenset(embed.title for embed in message.embeds[:1] if embed.title)


def _items(components: Any) -> Iterator[Any]:
    for component in components:
        yield component
        yield from _items(getattr(component, "children", ()))
