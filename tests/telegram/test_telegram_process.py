"""The Telegram process as a process: killed, stopped, and with a token that nobody may read in its log."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bots.sandbox.faults import Fault
from moderation import Outcome
from tests.telegram.town import ANN, BEN, BOT, CHANNEL, DISCUSSION, HEADLINE, MIA, ROOM, TOKEN, Town, eventually

ROOT = Path(__file__).parents[2]


def environment(town: Town, redis_url: str) -> dict[str, str]:
    telegram = town.newsroom.settings.telegram
    return {
        "NEWSDESK_SANDBOX_URL": "http://127.0.0.1:9",
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_BASE_URL": telegram.api_base_url,
        "TELEGRAM_CHANNEL": "@dailynews",
        "TELEGRAM_MODERATORS": str(ROOM),
        "NEWSDESK_STAFF": f'[{{"name": "Mia Editor", "telegram": {MIA}}}]',
        "REDIS_URL": redis_url,
    }


@asynccontextmanager
async def process(town: Town, redis_url: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """`python -m bots.telegram`, killed at the end if it still runs."""
    running = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bots.telegram",
        cwd=ROOT,
        env=environment(town, redis_url),
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield running
    finally:
        if running.returncode is None:
            running.kill()
            await running.wait()


async def test_killed_in_the_middle_it_loses_nothing_and_doubles_nothing(idle: Town, redis_url: str) -> None:
    alert = await idle.publish()
    async with process(idle, redis_url) as first:
        await idle.sees(ANN, CHANNEL, HEADLINE, within=20)
        idle.server.start_bot(ANN, BOT, f"comment-{alert.story_id}")
        await idle.sees(ANN, BOT, "Write your comment now")
        idle.server.fault(Fault("sendMessage", "hang"))
        idle.server.say(ANN, BOT, "Written into the crash.")
        await eventually(lambda: _is_sending(idle))
        first.kill()
        await first.wait()
    idle.server.lift_faults()
    async with process(idle, redis_url):
        await idle.sees(ANN, BOT, "Received.", within=30)
        comment = await idle.newest_of(ANN)
        assert comment.text == "Written into the crash."
        await idle.judge(comment, Outcome.APPROVE)
        await idle.sees(BEN, DISCUSSION, "Written into the crash.", within=20)
    assert len(await idle.newsroom.comments.mine(comment.author)) == 1
    assert idle.count(ANN, CHANNEL, HEADLINE) == 1
    assert idle.count(BEN, DISCUSSION, "Written into the crash.") == 1


async def test_killed_between_sending_and_noting_it_posts_the_alert_once(idle: Town, redis_url: str) -> None:
    async with process(idle, redis_url) as first:
        await idle.publish("op-0")
        await idle.sees(ANN, CHANNEL, HEADLINE, within=20)
        idle.server.fault(Fault("sendMessage", "delay", seconds=0.5))
        await idle.publish("op-1")
        await eventually(lambda: _is_sending(idle))
        first.kill()
        await first.wait()
    await eventually(lambda: idle.count(ANN, CHANNEL, HEADLINE) == 2)
    async with process(idle, redis_url):

        async def known() -> bool:
            record = await idle.record("alert:s2:telegram")
            return record is not None and record.sent is not None

        await eventually(known, within=40)
    assert idle.count(ANN, CHANNEL, HEADLINE) == 2
    assert idle.messages(MIA, ROOM) == []


async def test_asked_to_stop_it_does_so_at_once_and_its_log_does_not_hold_the_token(idle: Town, redis_url: str) -> None:
    async with process(idle, redis_url) as running:
        idle.server.start_bot(ANN, BOT)
        await idle.sees(ANN, BOT, "Welcome.", within=20)
        idle.server.fault(Fault("getUpdates", "cut_before", times=2))
        idle.server.say(ANN, BOT, "/help")
        await idle.sees(ANN, BOT, "What you can do here")
        await eventually(lambda: _unanswered_polls(idle) == 3)  # two were cut, one is waiting
        running.send_signal(signal.SIGTERM)
        _, log = await asyncio.wait_for(running.communicate(), 5)
    assert running.returncode == 0
    assert b"Telegram does not answer" in log
    assert TOKEN.encode() not in log
    assert b"Traceback" not in log


def _unanswered_polls(town: Town) -> int:
    return sum(call.method == "getUpdates" and call.status != 200 for call in town.server.calls)


def _is_sending(town: Town) -> bool:
    """A message is on its way and its answer is not."""
    return any(call.method == "sendMessage" and call.status == 0 for call in town.server.calls)
