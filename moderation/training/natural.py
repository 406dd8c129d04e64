"""The slices at natural prevalence, where a score can be taught to mean what it says."""

from collections.abc import Sequence

import numpy as np

from moderation.training.calibrate import Floats, platt
from moderation.training.report import Judged, Score
from moderation.training.rows import NATURAL, Row, of_part, share


def half(rows: Sequence[Row], *, held_out: bool) -> list[Row]:
    """One half of the natural slices calibrates, the other is only reported on."""
    return [row for row in of_part(rows, NATURAL) if (share("half:" + row.text) < 0.5) == held_out]  # noqa: PLR2004


def calibration(logits: Score, rows: Sequence[Row], news: float) -> tuple[Floats, Floats]:
    """(scale, shift) of each label, from the half that is not reported on.

    A news comment weighs `news` times what a talk page does: there are few, and they are what a model is for.
    """
    judged = Judged.by(logits, half(rows, held_out=False))
    weight = np.array([news if row.source.startswith("civil") else 1.0 for row in judged.rows], np.float32)
    return platt(judged.scores, judged.labels, judged.known * weight[:, None])
