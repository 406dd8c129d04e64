"""When an editor says "18:30" or "+20m": the moment that is meant, and the same moment read back in words."""

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

_RELATIVE = re.compile(r"\+(?P<number>\d{1,5})(?P<unit>[smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_CLOCK = re.compile(r"(?P<hour>\d{1,2}):(?P<minute>\d{2})")


class BadTime(Exception):
    """The text is no time we understand, or there is no such time; it says what to write instead."""


def parse_when(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The moment in UTC that `text` means in the newsroom's zone: ISO, 18:30 (the next one), or +20m.

    Raises BadTime for what is not understood, has passed, or is left out when clocks go forward. When clocks go back
    and a time comes twice, the first one is meant; an ISO time with an offset says exactly which.
    """
    text = text.strip()
    at = _relative(text, now) or _clock(text, now, zone) or _iso(text, zone)
    if at is None:
        raise BadTime(f"«{text}» is no time: write 18:30, +20m, or 2026-11-24T18:30 (times of {zone.key}).")
    if at < now:
        raise BadTime(f"{in_words(at, now, zone)} has passed already; give a later time.")
    return at


def in_words(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """For example "today at 18:30 (Europe/Berlin), in 2 h 5 min"."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    days = {0: "today", 1: "tomorrow"}
    day = days.get((local.date() - today).days, f"on {local:%A}, {local.day} {local:%B %Y}")
    seconds = "" if local.second == 0 else f":{local:%S}"
    return f"{day} at {local:%H:%M}{seconds} ({zone.key}), {_distance(at - now)}"


def _distance(span: timedelta) -> str:
    minutes, seconds = divmod(round(abs(span.total_seconds())), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = [(days, "d"), (hours, "h"), (minutes, "min"), (seconds, "s")]
    said = [f"{number} {unit}" for number, unit in parts if number][:2] or ["0 s"]
    return f"{' '.join(said)} ago" if span < timedelta() else f"in {' '.join(said)}"


def _relative(text: str, now: datetime) -> datetime | None:
    match = _RELATIVE.fullmatch(text)
    return now + timedelta(**{_UNITS[match["unit"]]: int(match["number"])}) if match else None


def _clock(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The next time the newsroom's clocks show it."""
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    try:
        wanted = time(int(match["hour"]), int(match["minute"]))
    except ValueError as error:
        raise BadTime(f"«{text}» is on no clock: hours go to 23, minutes to 59.") from error
    today = now.astimezone(zone).date()
    at = _in_zone(datetime.combine(today, wanted), zone)
    return at if at >= now else _in_zone(datetime.combine(today + timedelta(days=1), wanted), zone)


def _iso(text: str, zone: ZoneInfo) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return _in_zone(at, zone) if at.tzinfo is None else at.astimezone(UTC)


def _in_zone(wall: datetime, zone: ZoneInfo) -> datetime:
    """Raises BadTime for a wall time that the clocks leave out."""
    at = wall.replace(tzinfo=zone).astimezone(UTC)
    if at.astimezone(zone).replace(tzinfo=None) != wall:
        raise BadTime(f"{wall:%H:%M} does not exist on {wall:%d %B %Y} in {zone.key}: clocks go forward over it.")
    return at
