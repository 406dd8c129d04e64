"""Sentences as stretches of a text, in code points and in the UTF-16 units that the Perspective API counts in."""

import re

from moderation.decision import Span

_SENTENCE = re.compile(r"[^.!?\u2026\u3002\n]*[.!?\u2026\u3002\n]+|[^.!?\u2026\u3002\n]+")
_MOST = 64
"""Stretches for one text; more sentences than that are joined, so that a request's work is bounded."""
_LAST_BASIC = 0xFFFF


def sentences(text: str) -> list[Span]:
    """At least one span, without the space around it; together they hold every character that is not space."""
    found = [span for match in _SENTENCE.finditer(text) if (span := _trimmed(text, *match.span()))]
    if not found:
        return [Span(0, len(text))]
    size = -(-len(found) // _MOST)
    groups = [found[begin : begin + size] for begin in range(0, len(found), size)]
    return [Span(group[0].begin, group[-1].end) for group in groups]


def _trimmed(text: str, begin: int, end: int) -> Span | None:
    part = text[begin:end]
    start = begin + len(part) - len(part.lstrip())
    stop = begin + len(part.rstrip())
    return Span(start, stop) if start < stop else None


def in_utf16(text: str, span: Span) -> Span:
    """The same stretch counted in UTF-16 code units."""
    return Span(_units(text[: span.begin]), _units(text[: span.end]))


def _units(text: str) -> int:
    return sum(2 if ord(character) > _LAST_BASIC else 1 for character in text)
