"""The sandbox as a whole: both platforms, their world, the control API and the readers' first words."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bots.sandbox import identity as identities
from bots.sandbox.control import Control
from bots.sandbox.discord import DiscordServer
from bots.sandbox.scenario import play
from bots.sandbox.stories import Stories
from bots.sandbox.telegram import TelegramServer
from bots.sandbox.world import APPLICATION, TELEGRAM_BOT, environ, furnish
from bots.storage.pidfile import write_private

Started = TypeVar("Started")


@dataclass(frozen=True)
class Sandbox:
    telegram: TelegramServer
    discord: DiscordServer
    stories: Stories
    environ: dict[str, str]
    """What a newsroom needs to live here."""


@asynccontextmanager
async def open_sandbox(folder: Path) -> AsyncIterator[Sandbox]:
    """The world that the folder keeps, or a new one, on the ports of last time where they are free.

    Raises Damaged, with what to do.
    """
    await asyncio.to_thread(folder.mkdir, mode=0o700, parents=True, exist_ok=True)
    file = folder / "identity.json"
    identity = identities.load_or_make(file, TELEGRAM_BOT, APPLICATION)
    async with AsyncExitStack() as stack:
        telegram = await _at(identity.telegram_port, lambda port: _telegram(folder, port))
        stack.push_async_callback(telegram.stop)
        discord = await _at(identity.discord_port, lambda port: _discord(folder, port))
        stack.push_async_callback(discord.stop)
        furnish(telegram, discord, identity)
        stories = Stories(folder / "stories.json")
        control = Control(telegram, discord, identity, stories)
        await _at(identity.control_port, control.start)
        stack.push_async_callback(control.stop)
        identities.save(identity.with_ports(telegram.port, discord.port, control.port), file)
        yield Sandbox(telegram, discord, stories, environ(telegram, discord, identity, control.url))


async def run(folder: Path, stop: asyncio.Event) -> None:
    """Serve until `stop`; `environ.json` says where, once all of it listens."""
    async with open_sandbox(folder) as sandbox:
        write_private(folder / "environ.json", sandbox.environ)
        readers = asyncio.create_task(play(sandbox.telegram, sandbox.discord, sandbox.stories))
        await stop.wait()
        readers.cancel()
        await asyncio.gather(readers, return_exceptions=True)


async def _telegram(folder: Path, port: int) -> TelegramServer:
    return await TelegramServer.start(port=port, state_file=folder / "telegram.json")


async def _discord(folder: Path, port: int) -> DiscordServer:
    return await DiscordServer.start(port=port, state_file=folder / "discord.json")


async def _at(port: int, start: Callable[[int], Awaitable[Started]]) -> Started:
    """Start on that port, or on a free one when somebody else has it by now."""
    try:
        return await start(port)
    except OSError:
        return await start(0)
