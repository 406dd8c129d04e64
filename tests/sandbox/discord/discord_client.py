"""A furnished local Discord for tests, and the real discord.py client that connects to it."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bots.sandbox.discord import DiscordServer

TOKEN = "sandbox.token.discord"
BOT = 900000000000000009
GUILD, ALERTS, DESK, LOUNGE = 100, 201, 202, 203
MODERATOR_ROLE, WORLD_ROLE = 301, 302
ANNA, BORIS, MAYA = 401, 402, 403
SPECS = Path(__file__).parents[4] / "shared" / "specs"

Press = Callable[[discord.Interaction], Awaitable[Any]]


def furnish(server: DiscordServer) -> None:
    server.add_guild(GUILD, "Daily News Motion")
    server.add_bot(TOKEN, "Newsdesk", BOT)
    server.add_role(MODERATOR_ROLE, "Moderators", color=0x3366CC)
    server.add_role(WORLD_ROLE, "World news")
    server.add_text_channel(ALERTS, "breaking-news", announcement=True, write=())
    server.add_text_channel(DESK, "moderators", read=[MODERATOR_ROLE])
    server.add_text_channel(LOUNGE, "lounge")
    server.add_member(ANNA, "Anna")
    server.add_member(BORIS, "Boris")
    server.add_member(MAYA, "Maya", roles=[MODERATOR_ROLE])


class Client(discord.Client):
    """The unmodified library, noting what it hears."""

    def __init__(self, intents: discord.Intents) -> None:
        super().__init__(intents=intents, max_ratelimit_timeout=30, guild_ready_timeout=0.05, enable_debug_events=True)
        self.tree = discord.app_commands.CommandTree(self)
        self.heard: list[discord.Message] = []
        self.interactions: list[discord.Interaction] = []
        self.raw: list[dict[str, Any]] = []  # the data of each interaction as it came
        self.on_press: Callable[[discord.Interaction], Awaitable[Any]] | None = None
        self.resumed = 0

    async def on_message(self, message: discord.Message) -> None:
        if message.author != self.user:
            self.heard.append(message)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        self.interactions.append(interaction)
        if self.on_press is not None:
            await self.on_press(interaction)

    async def on_socket_raw_receive(self, text: str) -> None:
        frame = json.loads(text)
        if frame["t"] == "INTERACTION_CREATE":
            self.raw.append(frame["d"])

    async def on_resumed(self) -> None:
        self.resumed += 1

    def text_channel(self, channel_id: int) -> discord.TextChannel:
        channel = self.get_channel(channel_id)
        assert isinstance(channel, discord.TextChannel)
        return channel


def point_library_at(server: DiscordServer) -> None:
    Route.BASE = server.api_base_url
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(server.gateway_url)


async def connect(server: DiscordServer, intents: discord.Intents | None = None) -> tuple[Client, asyncio.Task[None]]:
    """A client that is ready, and the task it runs in. Raises what `client.start` raises."""
    point_library_at(server)
    if intents is None:
        intents = discord.Intents.default()
        intents.message_content = intents.members = True
    client = Client(intents)
    running = asyncio.create_task(client.start(TOKEN))
    ready = asyncio.create_task(client.wait_until_ready())
    await asyncio.wait({running, ready}, return_when=asyncio.FIRST_COMPLETED, timeout=10)
    if not client.is_ready():
        ready.cancel()
        await client.close()
        await running  # raises what ended the client
    return client, running


async def disconnect(client: Client, running: asyncio.Task[None]) -> None:
    await client.close()
    await asyncio.wait({running}, timeout=5)


def messages_of(server: DiscordServer, user: int, channel_id: int) -> list[dict[str, Any]]:
    """What this person sees in a channel."""
    channels = server.view(user)["guilds"][0]["channels"]
    found: list[dict[str, Any]] = next(it["messages"] for it in channels if it["id"] == str(channel_id))
    return found


def words(nodes: list[dict[str, Any]]) -> str:
    return "".join(node["text"] for node in nodes)


async def button(client: Client, press: Press, channel: int = ALERTS, **looks: Any) -> discord.Message:
    """An alert with one button, and what the bot does when it is pressed."""
    view = discord.ui.View(timeout=None)
    item: discord.ui.Button[discord.ui.View] = discord.ui.Button(label="Comment", custom_id="comment:1", **looks)
    item.callback = press  # type: ignore[method-assign,assignment]
    view.add_item(item)
    return await client.text_channel(channel).send("Breaking", view=view)
