"""A whole newsroom as it runs in life: a store, one process each, a local Telegram and Discord with people in them."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bots.bootstrap.newsroom import Newsroom, open_newsroom
from bots.sandbox.discord import DiscordServer
from bots.sandbox.telegram import Group, TelegramServer
from bots.storage import pidfile
from bots.storage.server import EmbeddedServer
from config import PROJECT, load

PROCESSES = ("moderation", "reviewer", "scheduler", "telegram", "discord")
SPECS = Path(__file__).parents[3] / "shared" / "specs"  # absent on most machines: then nothing is compared with it
STORY = PROJECT / "examples" / "strike-and-sanctions.md"
KEPT = ("Received", "published", "moderator")
"""What tells an author that the comment is kept, or already what became of it."""

TELEGRAM_TOKEN = "111111:AAsandbox-token-of-the-flow-tests"
BOT, ANN, BEN, MIA = 111111, 1001, 1002, 2001
CHANNEL, DISCUSSION, ROOM = -1001000000001, -1001000000002, -1001000000003

DISCORD_TOKEN = "discord-token-of-the-flow-tests"
APPLICATION, GUILD, ALERTS, MODERATORS, MODERATOR_ROLE = 9000, 100, 200, 201, 300
CARA, DAN, MIA_ON_DISCORD = 5001, 5002, 5003
STAFF = [{"name": "Mia", "telegram": MIA, "discord": MIA_ON_DISCORD, "role": "moderator"}]


def _furnish_telegram(server: TelegramServer) -> None:
    server.add_bot(TELEGRAM_TOKEN, "newsdesk_bot", "Newsdesk")
    for person, name in {ANN: "Ann", BEN: "Ben", MIA: "Mia"}.items():
        server.add_user(person, name, username=name.lower())
    server.add_channel(CHANNEL, "Daily News Motion", "dailynews", admins=[BOT], members=[ANN, BEN, MIA])
    closed = {"can_send_messages": False}
    talk = Group(members=[ANN, BEN, MIA], admins=[BOT], permissions=closed, linked_channel=CHANNEL)
    server.add_group(DISCUSSION, "Discussion", talk)
    server.add_group(ROOM, "Moderators", Group(members=[MIA], admins=[BOT]))


def _furnish_discord(server: DiscordServer) -> None:
    server.add_guild(GUILD, "Daily News Motion")
    server.add_bot(DISCORD_TOKEN, "Newsdesk", APPLICATION)
    server.add_role(MODERATOR_ROLE, "moderators", permissions=1 << 13)
    server.add_text_channel(ALERTS, "alerts", write=())
    server.add_text_channel(MODERATORS, "moderators", read=[MODERATOR_ROLE])
    server.add_member(CARA, "Cara")
    server.add_member(DAN, "Dan")
    server.add_member(MIA_ON_DISCORD, "Mia", roles=[MODERATOR_ROLE])


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@dataclass
class AtWork:
    """The processes, by name, and what the people of both platforms see and do."""

    telegram: TelegramServer
    discord: DiscordServer
    store: EmbeddedServer
    environ: Mapping[str, str]
    newsroom: Newsroom
    logs: Path
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str) -> None:
        arguments = ["-m", "bots.cli", "moderation"] if name == "moderation" else ["-m", f"bots.{name}"]
        with (self.logs / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, *arguments], cwd=PROJECT, env=self.environ, stdout=log, stderr=log
            )

    def kill(self, name: str) -> None:
        """As if the power went: the process gets no chance to tidy up."""
        if name == "store":
            content = pidfile.read(self.store.pidfile)
            assert content is not None
            os.kill(content["pid"], signal.SIGKILL)
        else:
            self.running[name].kill()
            self.running[name].wait()

    async def restart(self, name: str) -> None:
        if name == "store":
            await asyncio.to_thread(self.store.start)
        else:
            self.start(name)

    async def stop(self) -> dict[str, float]:
        """SIGTERM to all; how many seconds each took to end."""
        loop = asyncio.get_running_loop()
        began, took = loop.time(), {}
        for process in self.running.values():
            process.terminate()
        for name, process in self.running.items():
            await asyncio.to_thread(process.wait, 30)
            took[name] = loop.time() - began
        return took

    async def command(self, *arguments: str) -> str:
        """Runs ./newsdesk with these arguments, as an editor would; what it printed."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bots.cli",
            *arguments,
            cwd=PROJECT,
            env=self.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        output, _ = await process.communicate()
        assert process.returncode == 0, output.decode()
        return output.decode()

    # What people see.

    def telegram_chat(self, person: int, chat: int) -> list[dict[str, Any]]:
        found = [seen for seen in self.telegram.view(str(person))["chats"] if seen["id"] == chat]
        return list(found[0]["messages"]) if found else []

    def discord_channel(self, person: int, name: str) -> dict[str, Any]:
        channels = self.discord.view(person)["guilds"][0]["channels"]
        return next((channel for channel in channels if channel["name"] == name), {"messages": [], "threads": []})

    def discord_thread(self, person: int = CARA) -> list[dict[str, Any]]:
        threads = self.discord_channel(person, "alerts")["threads"]
        return [message for thread in threads for message in thread["messages"]]

    def on_telegram(self, words: str) -> int:
        """How often these words stand in the discussion, as a reader sees it."""
        return self.telegram_discussion().count(words)

    def on_discord(self, words: str) -> int:
        return self.discord_discussion().count(words)

    def telegram_discussion(self) -> str:
        """All of it, looked at once: a look costs the local platform as much as a person's app would."""
        return "\n".join(telegram_text(message) for message in self.telegram_chat(ANN, DISCUSSION))

    def discord_discussion(self) -> str:
        return "\n".join(discord_text(message) for message in self.discord_thread())

    def telegram_alert(self) -> dict[str, Any]:
        return self.telegram_chat(ANN, CHANNEL)[-1]

    def discord_alert(self) -> dict[str, Any]:
        messages = self.discord_channel(CARA, "alerts")["messages"]
        return dict([message for message in messages if not message["ephemeral"]][-1])

    # What people do.

    async def comment_on_telegram(self, person: int, text: str) -> None:
        """Through the deep link of the Comment button; returns when the reader was told that it was received."""
        link = next(
            button["url"] for row in self.telegram_alert()["buttons"] for button in row if button["label"] == "Comment"
        )
        receipts = self._receipts(person)
        prompts = self._said_privately(person, "Write your comment")
        self.telegram.follow_link(person, link)
        await eventually(lambda: self._said_privately(person, "Write your comment") > prompts)
        self.telegram.say(person, BOT, text)
        await eventually(lambda: self._receipts(person) > receipts)

    async def comment_on_discord(self, person: int, text: str) -> bool:
        """Through the form of the Comment button; whether the reader was told that it was received."""
        opened = await self.discord.click(person, self.discord_alert()["id"], "Comment")
        if opened.modal is None:
            return False
        outcome = await self.discord.submit_modal(person, opened.modal["id"], {"Your comment": text})
        return await self._answered(person, outcome.message, KEPT)

    async def vote_on_discord(self, person: int, option: str) -> bool:
        """Whether the reader was told that the vote is theirs."""
        outcome = await self.discord.click(person, self.discord_alert()["id"], option)
        return await self._answered(person, outcome.message, (option,))

    async def _answered(self, person: int, shown: Mapping[str, Any] | None, words: Sequence[str]) -> bool:
        """Waits for the private answer to say one of the words; a dead bot thinks forever."""
        if shown is None:
            return False
        message_id = str(shown["id"])
        try:
            await eventually(lambda: _said(self._privately(person, message_id), words), within=8)
        except AssertionError:
            return False
        return True

    def _privately(self, person: int, message_id: str) -> dict[str, Any]:
        channel = self.discord_channel(person, "alerts")
        messages = [*channel["messages"], *(message for thread in channel["threads"] for message in thread["messages"])]
        return next(message for message in messages if message["id"] == message_id)

    def _receipts(self, person: int) -> int:
        return self._said_privately(person, "Received")

    def _said_privately(self, person: int, words: str) -> int:
        return sum(words in telegram_text(message) for message in self.telegram_chat(person, BOT))


def telegram_text(message: Mapping[str, Any]) -> str:
    return "".join(piece["text"] for piece in message["text"]).replace("\u2060", "")


def discord_text(message: Mapping[str, Any]) -> str:
    """Everything a person reads in a message."""
    nodes = list(message["content"])
    for embed in message["embeds"]:
        nodes += [*embed["title"], *embed["description"], *(node for each in embed["fields"] for node in each["value"])]
    authors = " ".join(embed["author"] for embed in message["embeds"])
    return authors + "".join(node["text"] for node in nodes)


def _said(message: Mapping[str, Any], words: Sequence[str]) -> bool:
    return any(word in discord_text(message) for word in words)


async def eventually(check: Callable[[], Any], *, within: float = 40) -> None:
    """Waits until the check holds. A check that looks at something not there yet simply does not hold yet."""
    deadline = asyncio.get_running_loop().time() + within
    while True:
        try:
            if check():
                return
        except (IndexError, KeyError, StopIteration):
            pass
        assert asyncio.get_running_loop().time() < deadline, f"it did not come true within {within} s"
        await asyncio.sleep(0.2)


@asynccontextmanager
async def newsroom_at_work(folder: Path, logs: Path) -> AsyncIterator[AtWork]:
    """Everything runs; at the end it is asked to stop, and nothing undescribed may have gone over the wire."""
    specs = SPECS if SPECS.exists() else None
    store = EmbeddedServer(folder)
    await asyncio.to_thread(store.start)
    async with await TelegramServer.start(specs=specs) as telegram, await DiscordServer.start(specs=specs) as discord:
        _furnish_telegram(telegram)
        _furnish_discord(discord)
        environ = _environ(telegram, discord, store, folder)
        async with open_newsroom(load(environ)) as newsroom:
            work = AtWork(telegram, discord, store, environ, newsroom, logs)
            for name in PROCESSES:
                work.start(name)
            await eventually(lambda: DISCORD_TOKEN in discord.connected and telegram.calls)
            yield work
            await work.stop()
        for server in (telegram, discord):
            assert (server.violations, server.self_errors, server.unimplemented) == ([], [], [])
    await asyncio.to_thread(store.stop)


def _environ(telegram: TelegramServer, discord: DiscordServer, store: EmbeddedServer, folder: Path) -> dict[str, str]:
    return {
        "PTB_TIMEDELTA": "1",
        "COLUMNS": "200",
        "REDIS_URL": store.url,
        "NEWSDESK_DATA": str(folder),
        "NEWSDESK_SANDBOX_URL": "http://127.0.0.1:1",
        "NEWSDESK_MODERATION_URL": f"http://127.0.0.1:{_free_port()}",
        "NEWSDESK_STAFF": json.dumps(STAFF),
        "TELEGRAM_BOT_TOKEN": TELEGRAM_TOKEN,
        "TELEGRAM_API_BASE_URL": telegram.base_url,
        "TELEGRAM_CHANNEL": str(CHANNEL),
        "TELEGRAM_DISCUSSION": str(DISCUSSION),
        "TELEGRAM_MODERATORS": str(ROOM),
        "DISCORD_BOT_TOKEN": DISCORD_TOKEN,
        "DISCORD_API_BASE_URL": discord.api_base_url,
        "DISCORD_GATEWAY_URL": discord.gateway_url,
        "DISCORD_ALERTS_CHANNEL": str(ALERTS),
        "DISCORD_MODERATORS_CHANNEL": str(MODERATORS),
    }
