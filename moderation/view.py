"""A text made from another one, whose every character knows its source."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from moderation.decision import Span

Edit = tuple[int, int, str]
"""Replace text[begin:end] by a new text."""


@dataclass(frozen=True, slots=True)
class View:
    """`text`, and for each of its characters where its source begins and ends in the original."""

    text: str
    begins: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, begin: int, end: int) -> Span:
        """The stretch of the original behind text[begin:end], which must not be empty."""
        return Span(self.begins[begin], max(self.ends[begin:end]))

    def edited(self, edits: Sequence[Edit]) -> Self:
        """Replaces stretches given in ascending order; what is put in stands where what it replaces stood."""
        if not edits:
            return self
        parts: list[tuple[str, tuple[int, ...], tuple[int, ...]]] = []
        done = 0
        for begin, end, new in edits:
            parts.append((self.text[done:begin], self.begins[done:begin], self.ends[done:begin]))
            parts.append((new, self.begins[begin : begin + 1] * len(new), self.ends[end - 1 : end] * len(new)))
            done = end
        parts.append((self.text[done:], self.begins[done:], self.ends[done:]))
        begins = tuple(place for _, places, _ in parts for place in places)
        ends = tuple(place for _, _, places in parts for place in places)
        return type(self)("".join(text for text, _, _ in parts), begins, ends)


def plain(text: str) -> View:
    """The text itself in lower case, one character for one, so that its offsets are the original's."""
    lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return View(lowered, tuple(range(len(text))), tuple(range(1, len(text) + 1)))
