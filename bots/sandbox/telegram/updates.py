"""The queue of updates of each bot, and the one long poll that may read it."""

import asyncio

from bots.sandbox.faults import FaultKind, Faults
from bots.sandbox.telegram.errors import CONFLICT, ApiError
from bots.sandbox.telegram.platform import Platform, Poll
from bots.sandbox.telegram.world import Bot, Json, PendingUpdate

RETENTION = 24 * 3600
MAX_BATCH = 100
# Sent only to bots that ask for them by name.
_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_TERMINATED = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
_WEBHOOK = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


def push(platform: Platform, bot: Bot, kind: str, body: Json) -> None:
    """Queue an update, if the bot wants its kind, and wake the bot's poll."""
    if kind not in bot.allowed_updates if bot.allowed_updates else kind in _ON_REQUEST:
        return
    bot.updates.append(PendingUpdate(bot.next_update_id, platform.now(), kind, body))
    bot.next_update_id += 1
    platform.touch()
    if poll := platform.polls.get(bot.user_id):
        poll.wake.set()


def stop_polls(platform: Platform) -> None:
    for poll in platform.polls.values():
        poll.terminated = True
        poll.wake.set()


async def next_batch(platform: Platform, bot: Bot, offset: int, limit: int, seconds: float) -> list[Json]:
    """Confirm what lies before `offset`, then wait up to `seconds` for updates. ApiError 409 when another poll came."""
    if bot.webhook:
        raise ApiError(CONFLICT, _WEBHOOK)
    _confirm(platform, bot, offset)
    poll = _take_over(platform, bot)
    if not bot.updates and seconds > 0:
        await _wait(poll, seconds)
    if poll.terminated:
        raise ApiError(CONFLICT, _TERMINATED)
    platform.polls.pop(bot.user_id, None)
    return _disturbed(platform.faults, [_wire(update) for update in bot.updates[:limit]])


def _take_over(platform: Platform, bot: Bot) -> Poll:
    polls = platform.polls
    if running := polls.get(bot.user_id):
        running.terminated = True
        running.wake.set()
    polls[bot.user_id] = Poll()
    return polls[bot.user_id]


async def _wait(poll: Poll, seconds: float) -> None:
    try:
        await asyncio.wait_for(poll.wake.wait(), seconds)
    except TimeoutError:
        return


def _confirm(platform: Platform, bot: Bot, offset: int) -> None:
    before = len(bot.updates)
    oldest = platform.now() - RETENTION
    kept = [update for update in bot.updates if update.id >= offset and update.date >= oldest]
    bot.updates = kept[offset:] if offset < 0 else kept
    if len(bot.updates) != before:
        platform.touch()
        platform.commit()


def _wire(update: PendingUpdate) -> Json:
    return {"update_id": update.id, update.kind: update.body}


def _disturbed(faults: Faults, batch: list[Json]) -> list[Json]:
    if batch and faults.take_update_fault(FaultKind.DUPLICATE_UPDATES):
        batch = batch + batch
    if batch and faults.take_update_fault(FaultKind.OUT_OF_ORDER_UPDATES):
        batch = batch[::-1]
    return batch
