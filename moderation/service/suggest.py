"""What a client of comments:suggestscore tells: a person's own judgement of a comment."""

import asyncio
from collections.abc import Mapping
from typing import Any

from moderation.attributes import ATTRIBUTES
from moderation.language import language_of
from moderation.ports import Labels, StoreAway, Suggestion
from moderation.service import fields
from moderation.service.errors import Refused

_FIELDS = frozenset(
    {"comment", "context", "attributeScores", "languages", "communityId", "clientToken", "sessionId"}
)  # fmt: skip
_MALFORMED = "Invalid value at 'attribute_scores"


def parse(body: bytes, max_bytes: int) -> tuple[Suggestion, str | None]:
    """The suggestion, and the client token to send back. Raises Refused."""
    values = fields.parsed(body, _FIELDS)
    fields.check_context(values)
    fields.words(values, "sessionId")
    token = fields.words(values, "clientToken")
    suggestion = Suggestion(
        text=fields.comment(values, max_bytes),
        values=_values(fields.mapping(values, "attributeScores")),
        languages=fields.languages(values),
        token=token or "",
        community=fields.words(values, "communityId") or "",
    )
    return suggestion, token


async def suggest(suggestion: Suggestion, token: str | None, labels: Labels | None) -> dict[str, Any]:
    """The body of the answer; the suggestion is kept only where the newsroom has chosen to. Raises Refused."""
    detected = await asyncio.to_thread(language_of, suggestion.text)
    if labels is not None:
        try:
            await labels.keep(suggestion)
        except StoreAway as problem:
            raise Refused(f"The suggestion was not kept: {problem}", code=503, status="UNAVAILABLE") from problem
    answer: dict[str, Any] = {} if token is None else {"clientToken": token}
    answer["detectedLanguages"] = [detected] if detected else []
    return answer | ({"requestedLanguages": list(suggestion.languages)} if suggestion.languages else {})


def _values(scores: Mapping[str, Any]) -> dict[str, float]:
    """Label to the whole comment's score, or the highest of its spans where only these are given."""
    if not scores:
        raise Refused(f"{_MALFORMED}': it must not be empty.")
    return {ATTRIBUTES[fields.known_attribute(name)]: _value(name, fields.mapping(scores, name)) for name in scores}


def _value(name: str, given: Mapping[str, Any]) -> float:
    summary = given.get("summaryScore", given.get("summary_score"))
    spans = given.get("spanScores", given.get("span_scores")) or []
    if not isinstance(spans, list) or (summary is None and not spans):
        raise Refused(f"{_MALFORMED}.{name}': give a summary_score, span_scores, or both.")
    parts = [_span(name, span) for span in spans]
    return max(parts) if summary is None else _score(name, summary)


def _span(name: str, span: object) -> float:
    begin, end = (span.get("begin"), span.get("end")) if isinstance(span, dict) else (None, None)
    if not isinstance(span, dict) or type(begin) is not int or type(end) is not int or not 0 <= begin <= end:
        raise Refused(f"{_MALFORMED}.{name}.span_scores': every span needs begin and end.")
    return _score(name, span.get("score"))


def _score(name: str, score: object) -> float:
    value = score.get("value") if isinstance(score, dict) else None
    if not isinstance(score, dict) or isinstance(value, bool) or not isinstance(value, int | float):
        raise Refused(f"{_MALFORMED}.{name}': a score needs a number as its value.")
    fields.check_score_type(score.get("type", "PROBABILITY"), name)
    if not 0 <= value <= 1:
        raise Refused(f"{_MALFORMED}.{name}': a PROBABILITY is from 0 to 1.")
    return float(value)
