"""What `doctor` looks at. Each check gives findings: whether it is well, what it is, and how to mend it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bots.bootstrap import checkup
from bots.bootstrap.clocks import ahead_of
from bots.bootstrap.newsroom import LONGEST_BLOCK_S
from bots.bootstrap.readiness import scorer_state
from bots.discord import checkup as discord_checkup
from bots.newsroom.clock import utc_now
from bots.storage.client import STORE_AWAY, StoreTooOld, VolatileStore, connect, require_durable
from bots.storage.growth import Growth, growth
from bots.storage.heartbeats import RedisHeartbeats
from bots.storage.locate import StoreNotRunning, locate
from bots.telegram import checkup as telegram_checkup
from config import Settings

ALIVE = timedelta(seconds=15)
"""Three beats of a process."""
DRIFT = timedelta(seconds=5)
"""A platform tells its time to the second, and the answer travels."""
Checkup = Callable[[Settings], Awaitable[Sequence[checkup.Finding]]]
PROCESSES = ("scheduler", "reviewer", "web")


@dataclass(frozen=True, slots=True)
class Finding:
    area: str
    ok: bool
    what: str
    what_to_do: str = ""


async def findings(settings: Settings) -> AsyncIterator[Finding]:
    """Everything but the store's growth, in the order in which to mend it."""
    async for finding in _store(settings):
        yield finding
    scorer = await scorer_state(settings)
    start = "Start it: ./newsdesk moderation, or ./newsdesk up. Until then every comment is held."
    yield Finding("Scorer", scorer.ready, scorer.detail, "" if scorer.ready else start)
    async for finding in _clock(settings):
        yield finding
    async for finding in _platforms(settings):
        yield finding


async def _platforms(settings: Settings) -> AsyncIterator[Finding]:
    checks: dict[str, Checkup] = {"telegram": telegram_checkup.check, "discord": discord_checkup.check}
    for name, check in checks.items():
        if name not in settings.platforms:
            token = f"{name.upper()}_BOT_TOKEN"
            yield Finding(name.capitalize(), True, f"Off: {token} is not set. With it, {name.capitalize()} is on.")
            continue
        for found in await check(settings):
            yield Finding(name.capitalize(), *found)


async def measure(settings: Settings) -> Growth | None:
    """The store's memory and keys; None when no store answers."""
    try:
        client = connect(locate(settings))
        try:
            return await growth(client)
        finally:
            await client.aclose()
    except (StoreNotRunning, *STORE_AWAY):
        return None


async def _store(settings: Settings) -> AsyncIterator[Finding]:
    try:
        url = locate(settings)
    except StoreNotRunning as error:
        yield Finding("Store", False, "No store runs", str(error))
        return
    client = connect(url, block=LONGEST_BLOCK_S)
    try:
        await require_durable(client, allow_volatile=False)
        yield Finding("Store", True, "It answers, and forgets nothing when it restarts")
        async for finding in _processes(settings, RedisHeartbeats(client, utc_now)):
            yield finding
    except (VolatileStore, StoreTooOld) as error:
        yield Finding("Store", False, "It may lose what readers were told is safe", str(error))
    except STORE_AWAY as error:
        yield Finding("Store", False, f"It does not answer: {error}", "Look whether it runs and REDIS_URL is right.")
    finally:
        await client.aclose()


async def _processes(settings: Settings, heartbeats: RedisHeartbeats) -> AsyncIterator[Finding]:
    seen, now = await heartbeats.seen(), utc_now()
    for name in (*settings.platforms, *PROCESSES):
        alive = name in seen and now - seen[name] < ALIVE
        mend = f"Start it: ./newsdesk up, or the line {name} of the Procfile. Its log says why it ended."
        yield Finding("Processes", alive, f"{name} {'is at work' if alive else 'does not run'}", "" if alive else mend)


async def _clock(settings: Settings) -> AsyncIterator[Finding]:
    places = {"telegram": settings.telegram.api_base_url, "discord": settings.discord.api_base_url}
    for name in settings.platforms:
        ahead = await ahead_of(places[name], utc_now)
        if ahead is None:
            continue
        well = abs(ahead) <= DRIFT
        mend = "" if well else "Let the system keep time (NTP): alerts go out and polls close by this clock."
        yield Finding("Clock", well, f"{abs(ahead).seconds} s from {name.capitalize()}'s", mend)
