"""The process of the Procfile: it works as one, drains when asked to end, and says why it cannot start."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import Process
from pathlib import Path

from bots.bootstrap.newsroom import Newsroom
from bots.newsroom.alerts.alert import AlertDraft
from bots.sandbox.discord import DiscordServer, Fault
from tests.discord.place import ALERTS, ANNA, LOBBY, MODERATORS, TOKEN, Place, article, said

ROOT = Path(__file__).parents[2]


async def start(server: DiscordServer, redis_url: str, tmp_path: Path, token: str = TOKEN) -> Process:
    environ = {
        "PATH": os.defpath,
        "PYTHONPATH": str(ROOT),
        "DISCORD_BOT_TOKEN": token,
        "DISCORD_API_BASE_URL": server.api_base_url,
        "DISCORD_GATEWAY_URL": server.gateway_url,
        "DISCORD_ALERTS_CHANNEL": str(ALERTS),
        "DISCORD_MODERATORS_CHANNEL": str(MODERATORS),
        "REDIS_URL": redis_url,
    }
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bots.discord", env=environ, cwd=tmp_path, stderr=asyncio.subprocess.PIPE
    )


async def test_it_serves_and_ends_when_asked(
    server: DiscordServer, newsroom: Newsroom, redis_url: str, tmp_path: Path
) -> None:
    process = await start(server, redis_url, tmp_path)
    place = Place(server, newsroom)
    await place.until(lambda: TOKEN in server.connected, 40)
    await server.slash(ANNA, LOBBY, "help")
    await place.until(lambda: "What you can do here" in said(place.lobby()[-1]))
    process.send_signal(signal.SIGTERM)
    _, log = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode == 0, log.decode()
    assert TOKEN not in log.decode()


async def test_killed_between_two_alerts_it_loses_none_and_doubles_none(
    server: DiscordServer, newsroom: Newsroom, redis_url: str, tmp_path: Path
) -> None:
    place = Place(server, newsroom)
    first = await start(server, redis_url, tmp_path)
    await place.until(lambda: TOKEN in server.connected, 40)
    await place.alert(op="one")
    server.fault(Fault("create_message", "delay", seconds=0.5))
    await newsroom.alerts.publish(AlertDraft(article(headline="Second")), op="two")
    await place.until(
        lambda: any(call.name == "create_message" and "Second" in str(call.body) for call in server.calls)
    )
    first.kill()
    await first.communicate()
    second = await start(server, redis_url, tmp_path)
    await place.until(lambda: len(place.channel("alerts")["threads"]) == 2, 40)
    second.kill()
    await second.communicate()
    assert sum("Second" in said(message) for message in place.alerts()) == 1


async def test_a_wrong_token_ends_it_with_a_sentence(server: DiscordServer, redis_url: str, tmp_path: Path) -> None:
    process = await start(server, redis_url, tmp_path, token="wrong-token-of-somebody")
    _, log = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode == 1
    assert "Copy the token again" in log.decode()
    assert "wrong-token-of-somebody" not in log.decode()
