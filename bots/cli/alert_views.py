"""What the commands below `alert` do: alerts as tables for people and as JSON for programs, and an end to them."""

import json
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table

from bots.bootstrap.newsroom import Newsroom
from bots.cli.following import Progress, progress, table
from bots.newsroom.alerts.alert import Alert
from bots.newsroom.messages import Platform


async def show_list(newsroom: Newsroom, limit: int, *, as_json: bool) -> None:
    alerts, zone = await newsroom.alerts.newest(limit), newsroom.settings.timezone
    if as_json:
        _print_json([_as_json(alert) for alert in alerts])
        return
    if not alerts:
        Console().print("No alerts yet. Send one: ./newsdesk alert send examples/strike-and-sanctions.md")
        return
    shown = Table("Id", "State", f"Time ({zone.key})", "Importance", "Topic", "Headline")
    for alert in alerts:
        time = f"{alert.publish_at.astimezone(zone):%Y-%m-%d %H:%M:%S}"
        shown.add_row(alert.id, alert.state, time, alert.importance, alert.topic, alert.article.headline)
    Console().print(shown)


async def show_one(newsroom: Newsroom, alert_id: str, *, as_json: bool) -> None:
    alert = await newsroom.alerts.get(alert_id)
    reports = [await progress(newsroom, alert, platform) for platform in Platform]
    if as_json:
        _print_json({**_as_json(alert), "deliveries": {report.platform: _figures(report) for report in reports}})
    else:
        _print_one(alert, reports, newsroom.settings.timezone)


async def cancel(newsroom: Newsroom, alert_id: str, reason: str) -> None:
    await newsroom.alerts.cancel(alert_id, reason)
    Console().print(f"Alert {alert_id} is cancelled: it will not go out.")


async def retract(newsroom: Newsroom, alert_id: str, reason: str) -> None:
    alert = await newsroom.alerts.retract(alert_id, reason)
    if alert.poll_id:
        await newsroom.polls.close(alert.poll_id)
    Console().print(f"Alert {alert_id} is retracted; every message that was sent is being edited to say so.")


def _print_one(alert: Alert, reports: Sequence[Progress], zone: ZoneInfo) -> None:
    console = Console()
    console.print(f"{alert.id}  {alert.state}  {alert.publish_at.astimezone(zone):%Y-%m-%d %H:%M:%S} ({zone.key})")
    console.print(alert.article.headline, style="bold")
    if alert.reason:
        console.print(f"Reason: {alert.reason}")
    console.print(table([report for report in reports if report.states]))


def _as_json(alert: Alert) -> dict[str, object]:
    return {
        "id": alert.id,
        "story": alert.story_id,
        "state": alert.state,
        "publish_at": alert.publish_at.isoformat(),
        "importance": alert.importance,
        "topic": alert.topic,
        "poll": alert.poll_id or None,
        "headline": alert.article.headline,
        "reason": alert.reason or None,
    }


def _figures(report: Progress) -> dict[str, object]:
    states = {state.value: count for state, count in sorted(report.states.items())}
    return {"states": states, "p50_s": report.p50, "p90_s": report.p90, "errors": list(report.errors)}


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))  # noqa: T201  # for programs: no styling, no wrapping
