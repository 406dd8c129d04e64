"""Discord's ids: the time in milliseconds since 2015 in the upper bits, so that they sort by time."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(2015, 1, 1, tzinfo=UTC)
TIME_SHIFT = 22


def snowflake_at(moment: datetime) -> int:
    """The first id of this moment."""
    return (moment - EPOCH) // timedelta(milliseconds=1) << TIME_SHIFT


def time_of(snowflake: str) -> datetime:
    return EPOCH + timedelta(milliseconds=int(snowflake) >> TIME_SHIFT)


def timestamp(moment: datetime) -> str:
    """As Discord writes it: microseconds always there, the zone as +00:00."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
