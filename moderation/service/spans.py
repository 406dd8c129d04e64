"""Spans as the Perspective API gives them: a bounded number, counted in UTF-16 units."""

from moderation.decision import Span
from moderation.sentences import sentences

_MOST = 64
"""Spans for one text; more sentences than that are joined, so that a request's work is bounded."""
_LAST_BASIC = 0xFFFF


def by_sentence(text: str) -> list[Span]:
    """At least one span, in code points."""
    found = sentences(text) or [Span(0, len(text))]
    size = -(-len(found) // _MOST)
    groups = [found[begin : begin + size] for begin in range(0, len(found), size)]
    return [Span(group[0].begin, group[-1].end) for group in groups]


def in_utf16(text: str, span: Span) -> Span:
    """The same stretch counted in UTF-16 code units."""
    return Span(_units(text[: span.begin]), _units(text[: span.end]))


def _units(text: str) -> int:
    return sum(2 if ord(character) > _LAST_BASIC else 1 for character in text)
