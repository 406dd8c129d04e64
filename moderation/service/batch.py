"""Many comments in one request: the rows of `./newsdesk score`, in and out, over HTTP."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from moderation.language import language_of
from moderation.ports import LanguageNotJudged, Scorer, ScorerUnavailable
from moderation.service import fields
from moderation.service.errors import Refused
from moderation.service.intake import Turns

MOST = 100
"""Comments in one request."""
_AT_ONCE = 2
"""Of one request, so that a batch leaves room for others."""


@dataclass(frozen=True, slots=True)
class Comment:
    """`id` is the client's own, a text or a number, and comes back as it went in."""

    id: Any
    text: str
    lang: str | None


def parse(body: bytes, max_bytes: int) -> list[Comment]:
    """Raises Refused, which names the comment that is wrong by its place, the first being 0."""
    rows = fields.parsed(body, frozenset({"comments"})).get("comments")
    if not isinstance(rows, list) or not 0 < len(rows) <= MOST:
        raise Refused(f"Invalid value at 'comments': it must be a list of 1 to {MOST} comments.")
    return [_comment(place, row, max_bytes) for place, row in enumerate(rows)]


def _comment(place: int, row: object, max_bytes: int) -> Comment:
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise Refused(f"Invalid value at 'comments[{place}]': it needs a text.")
    found, lang = row.get("id", place), row.get("lang")
    if isinstance(found, bool) or not isinstance(found, str | int):
        raise Refused(f"Invalid value at 'comments[{place}].id': it must be a text or a whole number.")
    if lang is not None and not isinstance(lang, str):
        raise Refused(f"Invalid value at 'comments[{place}].lang': it must be a text.")
    if len(row["text"].encode("utf-8", "surrogatepass")) > max_bytes:
        raise Refused(f"Invalid value at 'comments[{place}].text': Comment text too long.")
    return Comment(found, row["text"], lang or None)


async def score(comments: Sequence[Comment], scorer: Scorer, turns: Turns) -> dict[str, Any]:
    """The results in the comments' order; a comment that cannot be judged has no scores (null) and says why.

    Raises Refused when the queue is full.
    """
    room = asyncio.Semaphore(_AT_ONCE)

    async def one(comment: Comment) -> dict[str, Any]:
        async with room, turns.turn():
            return await _scored(comment, scorer)

    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one(comment)) for comment in comments]
    except ExceptionGroup as failed:
        raise failed.exceptions[0] from None  # one refusal is the answer to all
    return {"results": [task.result() for task in tasks]}


async def _scored(comment: Comment, scorer: Scorer) -> dict[str, Any]:
    language = comment.lang or await asyncio.to_thread(language_of, comment.text)
    row = {"id": comment.id, "lang": language or "und", "scores": None, "scorer": None}
    if not comment.text.strip():
        return row | {"error": "there is no text to score"}
    try:
        scores = await scorer.score(comment.text, language)
    except (LanguageNotJudged, ScorerUnavailable) as problem:
        return row | {"error": str(problem)}
    return row | {"scores": dict(scores.values), "scorer": scores.scorer}
