"""What became of an alert's deliveries: a line for each platform while they go out, and the figures afterwards."""

import asyncio
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from rich.console import Console
from rich.live import Live
from rich.table import Table

from bots.bootstrap.newsroom import Newsroom
from bots.newsroom.alerts.alert import Alert
from bots.newsroom.delivery.posts import PostRecord, PostState
from bots.newsroom.messages import Platform
from bots.newsroom.projection.alerts import alert_group

PATIENCE = timedelta(seconds=20)
"""How long `alert send` looks on; the delivery goes on without it."""
_ENDED = frozenset(set(PostState) - {PostState.PLANNED, PostState.SENDING})
_PAGE = 200


@dataclass(frozen=True, slots=True)
class Progress:
    """One platform's deliveries of one alert. `p50` and `p90`: seconds from publishing until sent; None before any."""

    platform: Platform
    states: Counter[PostState]
    p50: float | None
    p90: float | None
    errors: tuple[str, ...]

    @property
    def ended(self) -> bool:
        return bool(self.states) and all(state in _ENDED for state in self.states)


async def progress(newsroom: Newsroom, alert: Alert, platform: Platform) -> Progress:
    """Counts every delivery of the alert on the platform, the channel's and each private one."""
    states: Counter[PostState] = Counter()
    delays: list[float] = []
    errors: set[str] = set()
    for records in await _pages(newsroom, alert, platform):
        states.update(record.state for record in records)
        delays += [_delay(alert.publish_at, record.sent_at) for record in records if record.sent_at]
        errors |= {record.error for record in records if record.error and record.state is not PostState.SENT}
    return Progress(platform, states, _share(delays, 0.5), _share(delays, 0.9), tuple(sorted(errors))[:3])


async def follow(newsroom: Newsroom, alert: Alert, console: Console) -> bool:
    """Shows the deliveries until all have ended or patience has; whether all have."""
    platforms = [Platform(name) for name in newsroom.settings.platforms]
    ends = newsroom.clock() + PATIENCE
    with Live(console=console, refresh_per_second=8) as live:
        while True:
            reports = [await progress(newsroom, alert, platform) for platform in platforms]
            live.update(table(reports))
            if all(report.ended for report in reports) or newsroom.clock() > ends:
                return all(report.ended for report in reports)
            await asyncio.sleep(0.25)


def table(reports: Sequence[Progress]) -> Table:
    shown = Table("Platform", "Sent", "On the way", "Uncertain", "Not reached", "p50", "p90", "Remarks")
    for report in reports:
        count = report.states
        waiting = count[PostState.PLANNED] + count[PostState.SENDING]
        missed = count[PostState.GONE] + count[PostState.REFUSED] + count[PostState.EXPIRED]
        numbers = (count[PostState.SENT], waiting, count[PostState.UNCERTAIN], missed)
        times = (_seconds(report.p50), _seconds(report.p90))
        shown.add_row(report.platform.label, *map(str, numbers), *times, "\n".join(report.errors))
    return shown


async def _pages(newsroom: Newsroom, alert: Alert, platform: Platform) -> list[Sequence[PostRecord]]:
    refs = [ref async for ref in newsroom.stores.posts.in_group(alert_group(alert), platform)]
    starts = range(0, len(refs), _PAGE)
    return [await newsroom.stores.posts.records(refs[start : start + _PAGE]) for start in starts]


def _delay(published: datetime, sent: datetime) -> float:
    return max(0.0, (sent - published).total_seconds())


def _share(values: Sequence[float], share: float) -> float | None:
    """The value that `share` of all values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else None


def _seconds(value: float | None) -> str:
    return "" if value is None else f"{value:.1f} s"
