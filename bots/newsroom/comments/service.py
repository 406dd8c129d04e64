from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bots.newsroom.clock import Clock
from bots.newsroom.comments.comment import AuthorRecord, Comment, CommentDraft, CommentState
from bots.newsroom.messages import Platform
from bots.newsroom.readers import Reader
from moderation import Decision


@dataclass(frozen=True, slots=True)
class Submitted:
    """A comment that waits for its review, with the author's texts before it, oldest first, for the repeat rule."""

    receipt: str
    """The stream's id of this piece of work."""
    comment: Comment
    recent: tuple[str, ...]


class CommentStore(Protocol):
    """Each change is one idempotent script under one hash tag that also writes the event the planners follow."""

    async def submit(self, draft: CommentDraft, *, now: datetime, op: str) -> Comment:
        """Keeps it and queues it for review, once for each `op`: a repeat gives the first one back."""

    async def edit(self, comment_id: str, text: str, *, op: str) -> Comment | None:
        """A new edition of a directly typed comment, queued for review again, once for each `op`."""

    async def get(self, comment_id: str) -> Comment | None: ...
    async def of_author(self, reader: Reader, limit: int) -> Sequence[Comment]: ...
    async def record(self, reader: Reader) -> AuthorRecord: ...

    async def to_review(self, consumer: str, limit: int, block_ms: int) -> Sequence[Submitted]:
        """New work, and first the work of reviewers that died with it."""

    async def judged(self, comment_id: str, edition: int, decision: Decision, to: CommentState) -> Comment | None:
        """Keeps the decision. Only a SUBMITTED comment of that edition moves; HELD also enters the queue."""

    async def reviewed(self, receipt: str) -> None:
        """The work is done: nobody gets it again."""

    async def move(
        self, comment_id: str, to: CommentState, *, allowed: frozenset[CommentState], by: str
    ) -> Comment | None:
        """Moves it if its state is one of `allowed` and gives it as it is then; None when there is no such comment."""


class QueueStore(Protocol):
    """The held comments in order of arrival, and which of them have a card in which room."""

    async def size(self) -> int: ...
    async def oldest(self, limit: int) -> Sequence[str]: ...

    async def open_card(self, platform: Platform, comment_id: str, limit: int) -> bool:
        """Whether the comment has a card there; opens one if fewer than `limit` are open and none waits before it."""

    async def close_card(self, platform: Platform, comment_id: str) -> bool:
        """Frees the place; whether there was a card."""

    async def open_next(self, platform: Platform, limit: int, op: str) -> int:
        """Opens cards for those that wait longest until `limit` are open; how many. Once for each `op`."""

    async def waiting(self, platform: Platform) -> tuple[int, int, int]:
        """(held comments without a card there, the notice's number, its version); Next begins a new notice."""


class Verdict:
    """What a press did: `won` when this press decided, else somebody else had before."""

    def __init__(self, comment: Comment, *, won: bool) -> None:
        self.comment = comment
        self.won = won


class Comments:
    def __init__(self, store: CommentStore, queue: QueueStore, clock: Clock) -> None:
        self._store = store
        self._queue = queue
        self._clock = clock

    async def submit(self, draft: CommentDraft, op: str) -> Comment:
        """After this returns the comment survives anything; only then may the reader be told "received"."""
        return await self._store.submit(draft, now=self._clock(), op=op)

    async def edit(self, comment_id: str, text: str, op: str) -> Comment | None:
        return await self._store.edit(comment_id, text, op=op)

    async def get(self, comment_id: str) -> Comment | None:
        return await self._store.get(comment_id)

    async def mine(self, reader: Reader, limit: int = 10) -> Sequence[Comment]:
        return await self._store.of_author(reader, limit)

    async def approve(self, comment_id: str, moderator: str) -> Verdict | None:
        return await self._resolve(comment_id, CommentState.PUBLISHED, moderator)

    async def reject(self, comment_id: str, moderator: str) -> Verdict | None:
        return await self._resolve(comment_id, CommentState.REJECTED, moderator)

    async def remove(self, comment_id: str, moderator: str) -> Verdict | None:
        """Takes a published comment down on both platforms."""
        return await self._decide(comment_id, CommentState.REMOVED, frozenset({CommentState.PUBLISHED}), moderator)

    async def withdraw(self, comment_id: str, reader: Reader) -> Comment | None:
        """The author takes it back, published or not. None: no such comment of this author's."""
        comment = await self._store.get(comment_id)
        if comment is None or comment.author.key != reader.key:
            return None
        allowed = frozenset({CommentState.SUBMITTED, CommentState.HELD, CommentState.PUBLISHED})
        return await self._store.move(comment_id, CommentState.WITHDRAWN, allowed=allowed, by="")

    async def next_cards(self, platform: Platform, op: str) -> int:
        return await self._queue.open_next(platform, OPEN_CARDS, op)

    async def _resolve(self, comment_id: str, to: CommentState, moderator: str) -> Verdict | None:
        return await self._decide(comment_id, to, frozenset({CommentState.HELD}), moderator)

    async def _decide(
        self, comment_id: str, to: CommentState, allowed: frozenset[CommentState], moderator: str
    ) -> Verdict | None:
        before = await self._store.get(comment_id)
        if before is None:
            return None
        comment = await self._store.move(comment_id, to, allowed=allowed, by=moderator)
        if comment is None:
            return None
        return Verdict(comment, won=comment.version != before.version and comment.decided_by == moderator)


OPEN_CARDS = 5
"""Open cards a room: each costs a send and an edit of the 20 a minute that Telegram gives a group."""
