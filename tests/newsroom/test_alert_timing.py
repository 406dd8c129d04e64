import contextlib
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.newsroom.alerts.timing import BadTime, in_words, parse_when

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+20m", NOON + timedelta(minutes=20)),
        ("+2h", NOON + timedelta(hours=2)),
        ("18:30", datetime(2026, 11, 23, 17, 30, tzinfo=UTC)),
        ("09:00", datetime(2026, 11, 24, 8, 0, tzinfo=UTC)),
        ("2026-12-01T08:15", datetime(2026, 12, 1, 7, 15, tzinfo=UTC)),
        ("2026-12-01T08:15:00+00:00", datetime(2026, 12, 1, 8, 15, tzinfo=UTC)),
    ],
)
def test_a_time_is_meant_in_the_newsrooms_zone(text: str, expected: datetime) -> None:
    assert parse_when(text, NOON, BERLIN) == expected


@pytest.mark.parametrize("text", ["", "soon", "25:00", "12:75", "+5x", "2026-13-01T10:00", "+", "18.30"])
def test_what_is_no_time_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(BadTime, match=r"18:30|hours go to 23"):
        parse_when(text, NOON, BERLIN)


def test_a_time_that_has_passed_is_refused() -> None:
    with pytest.raises(BadTime, match="has passed"):
        parse_when("2026-11-23T10:00", NOON, BERLIN)


def test_a_time_that_clocks_leave_out_in_spring_is_refused() -> None:
    eve = datetime(2027, 3, 27, 20, 0, tzinfo=UTC)
    with pytest.raises(BadTime, match="does not exist"):
        parse_when("2027-03-28T02:30", eve, BERLIN)


def test_a_time_that_comes_twice_in_autumn_means_the_first() -> None:
    eve = datetime(2027, 10, 30, 20, 0, tzinfo=UTC)
    assert parse_when("2027-10-31T02:30", eve, BERLIN) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_a_moment_is_read_back_in_words() -> None:
    assert (
        in_words(NOON + timedelta(hours=2, minutes=5), NOON, BERLIN) == "today at 15:05 (Europe/Berlin), in 2 h 5 min"
    )
    assert in_words(NOON + timedelta(days=1), NOON, BERLIN).startswith("tomorrow at 13:00")
    assert "on Thursday, 26 November 2026 at 13:00" in in_words(NOON + timedelta(days=3), NOON, BERLIN)


@given(st.text(max_size=30))
def test_any_text_is_a_later_moment_or_a_clear_refusal(text: str) -> None:
    with contextlib.suppress(BadTime):
        assert parse_when(text, NOON, BERLIN) >= NOON


@given(st.datetimes(min_value=datetime(2026, 11, 24), max_value=datetime(2036, 1, 1)))  # noqa: DTZ001 - wall times
def test_a_wall_time_comes_back_as_it_was_written(wall: datetime) -> None:
    wall = wall.replace(microsecond=0, fold=0)
    try:
        at = parse_when(wall.isoformat(), NOON, BERLIN)
    except BadTime:
        assert wall.replace(tzinfo=BERLIN).astimezone(UTC).astimezone(BERLIN).replace(tzinfo=None) != wall
    else:
        assert at.astimezone(BERLIN).replace(tzinfo=None) == wall
