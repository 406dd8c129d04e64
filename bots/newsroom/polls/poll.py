from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bots.newsroom.messages import Platform


class PollState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class PollDraft:
    """`question` up to 300 characters, 2 to 10 `options`, each different."""

    question: str
    options: tuple[str, ...]
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class Poll:
    id: str
    question: str
    options: tuple[str, ...]
    opened_at: datetime
    closes_at: datetime
    state: PollState
    version: int
    """Grows with each counted vote and each change of state."""
    votes: Mapping[Platform, tuple[int, ...]]
    """Votes for each option, by platform, in the order of `options`."""

    @property
    def counts(self) -> tuple[int, ...]:
        return tuple(sum(column) for column in zip(*self.votes.values(), strict=True)) or (0,) * len(self.options)

    @property
    def turnout(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Ballot:
    """One press on an option. `op` grows with each press of one voter (update id, snowflake)."""

    poll_id: str
    platform: Platform
    account: str
    option: int
    op: int


class VoteOutcome(StrEnum):
    COUNTED = "counted"
    CHANGED = "changed"
    SAME = "same"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class VoteResult:
    """`option`: the index that counts for this voter now, None when there is none."""

    outcome: VoteOutcome
    option: int | None
