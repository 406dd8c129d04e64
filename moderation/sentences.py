"""Where the sentences of a text begin and end."""

import re

from moderation.decision import Span

_SENTENCE = re.compile(r"[^.!?\u2026\u3002\n]*[.!?\u2026\u3002\n]+|[^.!?\u2026\u3002\n]+")


def sentences(text: str) -> list[Span]:
    """Without the space around them; together they hold every character that is not space."""
    return [span for match in _SENTENCE.finditer(text) if (span := _trimmed(text, *match.span()))]


def _trimmed(text: str, begin: int, end: int) -> Span | None:
    part = text[begin:end]
    start = begin + len(part) - len(part.lstrip())
    stop = begin + len(part.rstrip())
    return Span(start, stop) if start < stop else None
