"""Comments, their way through review, and their authors' records."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from redis.asyncio import Redis

from bots.newsroom.clock import Clock
from bots.newsroom.comments.comment import AuthorRecord, Comment, CommentDraft, CommentState
from bots.newsroom.comments.service import Submitted
from bots.newsroom.readers import Reader
from bots.storage.codec import Codec, from_ms, to_ms
from bots.storage.keys import ND, Family, key, prefix
from bots.storage.lua import Script, fields_of, pairs
from bots.storage.retention import keep_ms
from bots.storage.streams import StreamGroup
from moderation import Decision

DRAFT = Codec(CommentDraft)
DECISION = Codec(Decision)
REVIEWERS = "reviewers"
_KEYS = tuple(
    key(ND, family) for family in (Family.EVENTS, Family.QUEUE, Family.QUEUE_STATE, Family.SUBMISSIONS, Family.COUNTERS)
)
_PREFIXES = tuple(prefix(ND, family) for family in (Family.COMMENT, Family.AUTHOR, Family.RECORD))


class RedisComments:
    def __init__(self, client: Redis, blocking: Redis, clock: Clock) -> None:
        self._client = client
        self._clock = clock
        self._submissions = StreamGroup(client, blocking, key(ND, Family.SUBMISSIONS), REVIEWERS)
        names = ("submit", "edit", "judged", "move")
        self._scripts = {name: Script(client, "comments", f"comment_{name}") for name in names}

    async def submit(self, draft: CommentDraft, *, now: datetime, op: str) -> Comment:
        text = DRAFT.dump(replace(draft, text=""))
        args = (draft.author.key, text, draft.text, keep_ms(Family.OP))
        comment_id, flat = await self._run("submit", now, [key(ND, Family.OP, "comment", op)], *args)
        comment = _comment(comment_id, pairs(flat))
        if comment is None:
            raise LookupError(f"Comment {comment_id} was sent in long ago and is not kept any more.")
        return comment

    async def edit(self, comment_id: str, text: str, *, op: str) -> Comment | None:
        ops = [key(ND, Family.OP, "edit", op)]
        flat = await self._run("edit", self._clock(), ops, comment_id, text, keep_ms(Family.OP))
        return _comment(comment_id, pairs(flat))

    async def get(self, comment_id: str) -> Comment | None:
        return _comment(comment_id, await fields_of(self._client, key(ND, Family.COMMENT, comment_id)))

    async def of_author(self, reader: Reader, limit: int) -> Sequence[Comment]:
        """Newest first."""
        ids = await self._client.zrange(key(ND, Family.AUTHOR, reader.key), 0, limit - 1, desc=True)
        comments = [await self.get(str(comment_id)) for comment_id in ids]
        return [comment for comment in comments if comment]

    async def record(self, reader: Reader) -> AuthorRecord:
        fields = await fields_of(self._client, key(ND, Family.RECORD, reader.key))
        return AuthorRecord(**{state: int(count) for state, count in fields.items()})

    async def to_review(self, consumer: str, limit: int, block_ms: int) -> Sequence[Submitted]:
        entries = await self._submissions.read(consumer, limit, block_ms)
        found = [(receipt, fields, await self.get(fields["comment"])) for receipt, fields in entries]
        await self._submissions.done([receipt for receipt, _, comment in found if comment is None])
        return [
            Submitted(receipt, comment, tuple(json.loads(fields["recent"])))
            for receipt, fields, comment in found
            if comment is not None
        ]

    async def judged(self, comment_id: str, edition: int, decision: Decision, to: CommentState) -> Comment | None:
        args = (comment_id, edition, DECISION.dump(decision), to)
        return _comment(comment_id, pairs(await self._run("judged", self._clock(), [], *args)))

    async def reviewed(self, receipt: str) -> None:
        await self._submissions.done([receipt])

    async def move(
        self, comment_id: str, to: CommentState, *, allowed: frozenset[CommentState], by: str
    ) -> Comment | None:
        flat = await self._run("move", self._clock(), [], comment_id, to, by, *sorted(allowed))
        return _comment(comment_id, pairs(flat))

    async def _run(self, name: str, now: datetime, more_keys: Sequence[str], *args: str | int) -> Any:
        common = (*_PREFIXES, to_ms(now), keep_ms(Family.COMMENT))
        return await self._scripts[name]([*_KEYS, *more_keys], *common, *args)


def _comment(comment_id: str, fields: dict[str, str]) -> Comment | None:
    if not fields:
        return None
    draft = DRAFT.load(fields["draft"])
    return Comment(
        id=comment_id,
        story_id=draft.story_id,
        author=draft.author,
        text=fields["text"],
        kind=draft.kind,
        reply_to=draft.reply_to,
        answer=draft.answer,
        direct=draft.direct,
        state=CommentState(fields["state"]),
        version=int(fields["version"]),
        submitted_at=from_ms(fields["submitted_at"]),
        decision=DECISION.load(fields["decision"]) if fields["decision"] else None,
        decided_by=fields["decided_by"],
        edition=int(fields["edition"]),
    )
