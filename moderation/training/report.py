"""The figures of a model on texts it has not seen, as the model card states them."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from moderation.decision import LABELS
from moderation.training.rows import Row, targets

Floats = NDArray[np.float32]
Score = Callable[[Sequence[str]], Floats]
_FEWEST = 10
"""Positives and negatives that a figure needs to be worth printing."""
_KNOWN = 0.25  # of a row's weight: leaves out labels that were only inferred at a low weight
_LEET = str.maketrans("aeiost", "431057")
_CYRILLIC = str.maketrans("aeopcx", "аеорсх")  # noqa: RUF001 - look-alikes are the point


@dataclass(frozen=True, slots=True)
class Judged:
    """Some rows with a model's scores for them; all arrays are (rows, labels)."""

    rows: Sequence[Row]
    scores: Floats
    labels: Floats
    known: NDArray[np.bool_]

    @classmethod
    def by(cls, score: Score, rows: Sequence[Row]) -> "Judged":
        labels, weights = targets(rows)
        return cls(rows, score([row.text for row in rows]), labels, weights >= _KNOWN)

    def where(self, keep: Callable[[Row], bool]) -> "Judged":
        kept = np.array([keep(row) for row in self.rows], dtype=bool)
        rows = [row for row in self.rows if keep(row)]
        return Judged(rows, self.scores[kept], self.labels[kept], self.known[kept])

    def column(self, label: str) -> tuple[Floats, Floats]:
        """(scores, labels) of the rows of which this label is known."""
        index = LABELS.index(label)
        known = self.known[:, index]
        return self.scores[known, index], self.labels[known, index]


def auc(scores: Floats, labels: Floats) -> float:
    """The chance that a positive scores above a negative, ties counted half; nan without ten of each."""
    positives = int(labels.sum())
    negatives = len(labels) - positives
    if min(positives, negatives) < _FEWEST:
        return float("nan")
    _, place, count = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(count) - (count - 1) / 2)[place]
    return float((ranks[labels > 0].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def figures(judged: Judged, mark: float) -> dict[str, float]:
    """What `models list` shows: AUC for toxicity, and false alarms and recall at one mark, to three digits."""
    scores, labels = judged.column("toxicity")
    held = scores >= mark
    found = {
        "auc": auc(scores, labels),
        "mark": mark,
        "false_alarms": held[labels == 0].mean(),
        "recall": held[labels > 0].mean(),
    }
    return {name: round(float(value), 3) for name, value in found.items()}


def auc_table(judged: Judged, title: str) -> str:
    """AUC of each label, with the numbers of positives and of rows known."""
    lines = [f"{title}"]
    for label in LABELS:
        scores, labels = judged.column(label)
        lines.append(f"  {label:16} AUC {auc(scores, labels):.3f}  ({int(labels.sum())} of {len(labels)})")
    return "\n".join(lines)


def source_table(judged: Judged) -> str:
    """AUC for toxicity by the set that the rows come from."""
    lines = ["Toxicity by source (held-out rows)"]
    for source in sorted({row.source for row in judged.rows}):
        scores, labels = judged.where(lambda row, source=source: row.source == source).column("toxicity")  # type: ignore[misc]
        figure = auc(scores, labels)
        if not np.isnan(figure):
            lines.append(f"  {source:20} AUC {figure:.3f}  ({int(labels.sum())} of {len(labels)})")
    return "\n".join(lines)


def threshold_table(judged: Judged, marks: Sequence[float]) -> str:
    """At each mark: share of clean texts held, share of toxic texts caught, and how many of those held are toxic."""
    scores, labels = judged.column("toxicity")
    title = f"Toxicity at natural prevalence ({labels.mean():.1%} toxic of {len(labels)})"
    lines = [title, "  mark  false alarms  recall  precision"]
    for mark in marks:
        held = scores >= mark
        clean, toxic = held[labels == 0].mean(), held[labels > 0].mean()
        lines.append(f"  {mark:.2f}  {clean:12.1%}  {toxic:6.1%}  {labels[held].mean() if held.any() else 0:9.1%}")
    return "\n".join(lines)


def disguised(text: str, seed: int) -> str:
    """The text as somebody dodging a filter might type it: every third longer word in one of four disguises."""
    draw = random.Random(f"{seed}:{text}")  # noqa: S311 - a repeatable test, no secret
    tricks: tuple[Callable[[str], str], ...] = (
        lambda word: word.translate(_LEET),
        lambda word: word.translate(_CYRILLIC),
        " ".join,
        lambda word: word[:2] + "\u200b" + word[2:],
    )
    words = text.split(" ")
    return " ".join(
        draw.choice(tricks)(word) if word.isalpha() and len(word) > 3 and draw.random() < 1 / 3 else word  # noqa: PLR2004
        for word in words
    )
