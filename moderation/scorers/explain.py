"""Which words drive a score of a model on this machine."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from moderation.decision import LABELS, Span
from moderation.scorers.linear import Floats

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Weight:
    """How much a label's probability falls when the stretch is left out; below zero when it rises."""

    span: Span
    fall: float


class Model(Protocol):
    def probabilities(self, texts: Sequence[str]) -> Floats:
        """(texts, LABELS)."""
        ...


def words(model: Model, text: str, label: str = "toxicity") -> list[Weight]:
    """Each word of the text, in its order."""
    spans = [Span(*match.span()) for match in _WORD.finditer(text)]
    without = [text[: span.begin] + text[span.end :] for span in spans]
    scores = model.probabilities([text, *without])[:, LABELS.index(label)].tolist()
    return [Weight(span, scores[0] - score) for span, score in zip(spans, scores[1:], strict=True)]
