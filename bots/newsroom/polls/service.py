from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bots.newsroom.clock import Clock
from bots.newsroom.polls.poll import Ballot, Poll, PollDraft, VoteOutcome, VoteResult

OPEN_FOR = timedelta(hours=24)
"""How long a poll stays open when nothing else is said."""
MAX_QUESTION = 300
MAX_OPTIONS = 10
MAX_OPTION = 55
"""The shortest limit of both platforms: Discord's answer text."""


class BadPoll(Exception):
    """The poll cannot be opened as it is; the text says what to change."""


class PollStore(Protocol):
    async def open(self, draft: PollDraft, *, now: datetime, op: str) -> Poll:
        """Once for each `op`. Writes the event and the closing time into the due-set."""

    async def get(self, poll_id: str) -> Poll | None: ...
    async def newest(self, limit: int) -> Sequence[Poll]: ...
    async def open_ids(self) -> Sequence[str]: ...

    async def vote(self, ballot: Ballot, *, at: datetime) -> VoteResult:
        """One script. A ballot with an older `op` than the voter's last one changes nothing."""

    async def close(self, poll_id: str, *, now: datetime) -> Poll | None:
        """Closes it if its time has come or is moved to now; repeating it changes nothing."""

    async def close_due(self, now: datetime) -> Sequence[str]:
        """Closes every poll whose time has come, as of its time; gives their ids."""


class Polls:
    def __init__(self, store: PollStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def open(self, draft: PollDraft, op: str) -> Poll:
        """Raises BadPoll."""
        check(draft, self._clock())
        return await self._store.open(draft, now=self._clock(), op=op)

    async def get(self, poll_id: str) -> Poll | None:
        return await self._store.get(poll_id)

    async def newest(self, limit: int = 20) -> Sequence[Poll]:
        return await self._store.newest(limit)

    async def vote(self, ballot: Ballot) -> VoteResult:
        poll = await self._store.get(ballot.poll_id)
        if poll is None or not 0 <= ballot.option < len(poll.options):
            return VoteResult(VoteOutcome.UNKNOWN, None)
        return await self._store.vote(ballot, at=self._clock())

    async def close(self, poll_id: str) -> Poll | None:
        return await self._store.close(poll_id, now=self._clock())

    async def close_due(self) -> Sequence[str]:
        return await self._store.close_due(self._clock())


def check(draft: PollDraft, now: datetime) -> None:
    """Raises BadPoll with the first thing that is wrong."""
    options = draft.options
    if not 1 <= len(draft.question.strip()) <= MAX_QUESTION:
        raise BadPoll(f"A question has 1 to {MAX_QUESTION} characters; this one has {len(draft.question)}.")
    if not 2 <= len(options) <= MAX_OPTIONS:  # noqa: PLR2004 - a choice needs two
        raise BadPoll(f"A poll has 2 to {MAX_OPTIONS} options; give them with --option, once for each.")
    if len({option.strip().casefold() for option in options}) < len(options):
        raise BadPoll("Two options read the same; make each different.")
    if bad := next((option for option in options if not 1 <= len(option.strip()) <= MAX_OPTION), None):
        raise BadPoll(f"An option has 1 to {MAX_OPTION} characters; shorten «{bad}».")
    if draft.closes_at <= now:
        raise BadPoll("The closing time has passed already; give a later one.")
