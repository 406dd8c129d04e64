"""A story's thread: it hangs below the story's post and has its id."""

import logging
from typing import Literal

import discord

from bots.discord.errors import THREAD_EXISTS
from bots.discord.fit import cut
from bots.discord.text import one_line
from bots.newsroom.delivery.posts import Sent

LONGEST_NAME = 100
WEEK_MINUTES: Literal[10080] = 10080
"""How long a thread without comments stays in the channel's list; the longest Discord takes."""

log = logging.getLogger(__name__)


async def open_thread(rest: discord.Client, post: Sent, name: str = "") -> None:
    """Opens the thread below the post; one that is there already is fine. Without a name it takes the post's headline.

    Who may type in it follows from the channel: a thread has no permissions of its own. Raises the library's errors.
    """
    title = cut(one_line(name or await _headline(rest, post)), LONGEST_NAME) or "Comments"
    try:
        await rest.http.start_thread_with_message(
            int(post.chat), int(post.message_id), name=title, auto_archive_duration=WEEK_MINUTES
        )
    except discord.HTTPException as error:
        if error.code != THREAD_EXISTS:
            raise


async def _headline(rest: discord.Client, post: Sent) -> str:
    message = await rest.get_partial_messageable(int(post.chat)).fetch_message(int(post.message_id))
    return discord.utils.remove_markdown(message.embeds[0].title or "") if message.embeds else ""


async def reopen_thread(rest: discord.Client, thread_id: int) -> None:
    """An archived thread takes no edits; it is archived again by itself."""
    await rest.http.edit_channel(thread_id, archived=False)
