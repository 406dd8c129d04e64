"""What `alert send` does: read, draft, show, ask, publish or schedule, look on."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar
from uuid import uuid4

import typer
from rich.columns import Columns
from rich.console import Console

from bots.bootstrap.articles import read
from bots.bootstrap.newsroom import Newsroom, open_newsroom
from bots.cli.drafting import Drafts, Wishes, draft
from bots.cli.following import follow
from bots.cli.preview import preview
from bots.newsroom.alerts.alert import Alert, AlertState
from bots.newsroom.alerts.timing import in_words, parse_when
from bots.newsroom.clock import utc_now
from bots.newsroom.delivery.posts import Lane
from bots.newsroom.messages import Message, Platform
from bots.newsroom.polls.poll import Poll, PollState
from bots.newsroom.polls.service import check
from bots.newsroom.projection.alerts import channel_post
from bots.storage.client import STORE_AWAY
from config import Settings

Answer = TypeVar("Answer")
TRIES = 3
"""A publish whose answer was lost is repeated with the same operation id: it happens once all the same."""


@dataclass(frozen=True, slots=True)
class Order:
    """The command line of `alert send`."""

    source: str
    wishes: Wishes
    at: str | None
    dry_run: bool
    yes: bool


async def send(settings: Settings, order: Order, console: Console) -> int:
    """Gives the exit status. Raises ArticleError, BadTime, BadDraft, BadPoll with what to do."""
    article = await read(order.source, order.wishes.headline or "")
    now = utc_now()
    at = parse_when(order.at, now, settings.timezone) if order.at else now
    drafts = draft(article, order.wishes, at)
    if drafts.poll:
        check(drafts.poll, now)
    _show(drafts, at, settings, console)
    if order.at:
        console.print(f"Goes out {in_words(at, now, settings.timezone)}.")
    if order.dry_run:
        console.print("Nothing was sent: this was a dry run.", style="dim")
        return 0
    if not (order.yes or settings.sandbox_url or typer.confirm("Send this?")):
        console.print("Nothing was sent.")
        return 1
    async with open_newsroom(settings) as newsroom:
        return await _publish(newsroom, drafts, at if order.at else None, console)


async def _publish(newsroom: Newsroom, drafts: Drafts, at: datetime | None, console: Console) -> int:
    op = uuid4().hex
    alert_draft = drafts.alert
    if drafts.poll:
        wanted = drafts.poll
        poll = await _again(lambda: newsroom.polls.open(wanted, op))
        alert_draft = replace(alert_draft, poll_id=poll.id)
    if at is not None:
        alert = await _again(lambda: newsroom.alerts.schedule(alert_draft, at, op))
        console.print(f"Alert {alert.id} is scheduled. `newsdesk alert cancel {alert.id}` takes it back.")
        return 0
    alert = await _again(lambda: newsroom.alerts.publish(alert_draft, op))
    return await _look_on(newsroom, alert, console)


async def _look_on(newsroom: Newsroom, alert: Alert, console: Console) -> int:
    console.print(f"Alert {alert.id} is on its way. `newsdesk alert retract {alert.id}` withdraws it.")
    if not await follow(newsroom, alert, console):
        console.print(f"It goes on without this window; `newsdesk alert show {alert.id}` tells how far it is.")
    return 0


async def _again(call: Callable[[], Awaitable[Answer]]) -> Answer:
    for _ in range(TRIES - 1):
        try:
            return await call()
        except STORE_AWAY:
            continue
    return await call()


def _show(drafts: Drafts, at: datetime, settings: Settings, console: Console) -> None:
    """Both platforms as their own renderers draw them; those without a token are shown too, and said to be off."""
    alert, poll = _imagined(drafts, at)
    shown = [preview(_message(alert, poll, platform), platform) for platform in Platform]
    console.print(Columns(shown, padding=(0, 2)))
    for note in drafts.notes:
        console.print(note, style="yellow")
    off = [platform.label for platform in Platform if platform not in settings.platforms]
    if off and len(off) < len(Platform):
        console.print(f"{off[0]} has no token, so nothing goes there.", style="yellow")


def _message(alert: Alert, poll: Poll | None, platform: Platform) -> Message:
    message = channel_post(alert, poll, platform, Lane.NORMAL).message
    if message is None:
        raise RuntimeError("an alert that is published is shown")
    return message


def _imagined(drafts: Drafts, at: datetime) -> tuple[Alert, Poll | None]:
    """The alert and poll as they will be, under names that are given only when they are kept."""
    wanted = drafts.alert
    state = AlertState.PUBLISHED
    alert = Alert("a", "s", wanted.article, wanted.importance, wanted.topic, "p", state, 1, at, at)
    if drafts.poll is None:
        return alert, None
    options = drafts.poll.options
    votes = {platform: (0,) * len(options) for platform in Platform}
    closes = drafts.poll.closes_at
    return alert, Poll("p", drafts.poll.question, options, at, closes, PollState.OPEN, 1, votes)
