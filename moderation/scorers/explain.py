"""Which words and sentences drive a score of the built-in model."""

import re
from dataclasses import dataclass

from moderation.decision import LABELS, Span
from moderation.scorers.builtin import Builtin

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Weight:
    """How much a label's probability falls when the stretch is left out; below zero when it rises."""

    span: Span
    fall: float


def words(model: Builtin, text: str, label: str = "toxicity") -> list[Weight]:
    """Each word of the text, in its order."""
    spans = [Span(*match.span()) for match in _WORD.finditer(text)]
    without = [text[: span.begin] + text[span.end :] for span in spans]
    scores = model.probabilities([text, *without])[:, LABELS.index(label)].tolist()
    return [Weight(span, scores[0] - score) for span, score in zip(spans, scores[1:], strict=True)]
