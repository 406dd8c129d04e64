from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Gives the time now, in UTC. Everything that asks for the time takes one."""


def utc_now() -> datetime:
    """The real clock."""
    return datetime.now(UTC)
