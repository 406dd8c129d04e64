"""How the newsroom is, in numbers for people and for programs."""

import asyncio
from collections.abc import Awaitable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from bots.bootstrap.newsroom import Newsroom
from bots.bootstrap.readiness import scorer_state
from bots.newsroom.alerts.alert import Alert
from bots.newsroom.messages import Platform
from bots.newsroom.polls.poll import Poll

PROCESSES = ("telegram", "discord", "scheduler", "reviewer", "web")
"""Those that beat; `moderation` has no store and is asked instead."""
ALIVE_S = 15
"""Three beats. A process that has not beaten for so long is being started again, or hangs."""
_NEWEST = 10
_PATIENCE_S = 2.0

Answer = TypeVar("Answer")
Json = dict[str, Any]


class StoreAway(Exception):
    """The store does not answer; the text says how it does not."""


async def ping(newsroom: Newsroom) -> None:
    """Raises StoreAway."""
    await _asked(newsroom.stores.heartbeats.seen())


async def status(newsroom: Newsroom) -> Json:
    """Plain values for JSON. Times are ISO 8601 in UTC, ages in seconds. Raises StoreAway."""
    scorer, (beats, queue, outbox, alerts) = await asyncio.gather(
        scorer_state(newsroom.settings), _asked(_from_store(newsroom))
    )
    return {
        "at": newsroom.clock().isoformat(),
        "processes": _processes(newsroom, beats),
        "scorer": {"ready": scorer.ready, "detail": scorer.detail},
        "queue": queue,
        "outbox": outbox,
        "platforms": _platforms(newsroom),
        "sandbox": newsroom.settings.sandbox_url is not None,
        "alerts": alerts,
    }


async def _asked(question: Awaitable[Answer]) -> Answer:
    try:
        return await asyncio.wait_for(question, _PATIENCE_S)
    except TimeoutError as error:
        raise StoreAway(f"The store did not answer within {_PATIENCE_S:.0f} s.") from error
    except Exception as error:
        raise StoreAway(f"The store does not answer: {error}") from error


async def _from_store(newsroom: Newsroom) -> tuple[Mapping[str, datetime], int, dict[str, int], list[Json]]:
    stores = newsroom.stores
    alerts = [await _alert(newsroom, alert) for alert in await newsroom.alerts.newest(_NEWEST)]
    outbox = {platform.value: await stores.outbox.size(platform) for platform in Platform}
    return await stores.heartbeats.seen(), await stores.queue.size(), outbox, alerts


def _processes(newsroom: Newsroom, beats: Mapping[str, datetime]) -> dict[str, Json]:
    """Seconds since each process' last beat, None for one that never beat; only those that should run."""
    off = {platform.value for platform in Platform} - set(newsroom.settings.platforms)
    now = newsroom.clock()
    shown: dict[str, Json] = {}
    for name in PROCESSES:
        if name not in off:
            age = round((now - beats[name]).total_seconds(), 1) if name in beats else None
            shown[name] = {"seconds": age, "alive": age is not None and age <= ALIVE_S}
    return shown


def _platforms(newsroom: Newsroom) -> dict[str, Json]:
    shown: dict[str, Json] = {}
    for platform in Platform:
        on = platform.value in newsroom.settings.platforms
        why = "" if on else f"{platform.value.upper()}_BOT_TOKEN is not set"
        shown[platform.value] = {"on": on, "why": why}
    return shown


async def _alert(newsroom: Newsroom, alert: Alert) -> Json:
    poll = await newsroom.polls.get(alert.poll_id) if alert.poll_id else None
    return {
        "id": alert.id,
        "headline": alert.article.headline,
        "state": alert.state.value,
        "importance": alert.importance.value,
        "topic": alert.topic,
        "publish_at": alert.publish_at.isoformat(),
        "poll": _poll(poll) if poll else None,
    }


def _poll(poll: Poll) -> Json:
    options = [{"text": text, "votes": votes} for text, votes in zip(poll.options, poll.counts, strict=True)]
    return {"id": poll.id, "question": poll.question, "state": poll.state.value, "options": options}
