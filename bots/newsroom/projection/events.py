from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Event:
    """Something changed. `subject` says what ("alert:a7", "comment:c9", "poll:p2", "queue:"), not how: look at it."""

    receipt: str
    subject: str


class Events(Protocol):
    """The changes in order, kept until every group of planners has seen them. A group is one platform."""

    async def read(self, group: str, consumer: str, limit: int, block_ms: int) -> Sequence[Event]:
        """New events, and first those whose planner died. An unknown group starts at the oldest event kept."""

    async def done(self, group: str, receipts: Sequence[str]) -> None: ...
