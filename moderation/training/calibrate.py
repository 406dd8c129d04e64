"""Turns logits into probabilities that hold for comments as they come, and picks the bands from there.

Platt scaling by Newton's method, with a weak pull to the uncalibrated logit: some labels have a dozen positives.
"""

import numpy as np
from numpy.typing import NDArray

from moderation.decision import LABELS

Floats = NDArray[np.float32]
_PULL = 1.0
_STEPS = 50
_FEWEST = 5
"""Positives below which a label keeps its raw logit."""


def platt(logits: Floats, labels: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """(scale, shift), each (labels,): sigmoid(scale * logit + shift) is a probability. Inputs are (rows, labels)."""
    fitted = [
        _platt_one(*(each[:, index].astype(float) for each in (logits, labels, weights)))
        for index in range(len(LABELS))
    ]
    scale, shift = np.array(fitted, dtype=np.float32).T
    return scale, shift


def _platt_one(
    logit: NDArray[np.float64], label: NDArray[np.float64], weight: NDArray[np.float64]
) -> tuple[float, float]:
    if ((label > 0) & (weight > 0)).sum() < _FEWEST:
        return 1.0, 0.0
    design = np.stack([logit, np.ones_like(logit)], axis=1)
    start = found = np.array([1.0, 0.0])
    for _ in range(_STEPS):
        probability = 1 / (1 + np.exp(-design @ found))
        gradient = design.T @ (weight * (probability - label)) + _PULL * (found - start)
        spread = weight * probability * (1 - probability)
        found = found - np.linalg.solve(design.T @ (design * spread[:, None]) + _PULL * np.eye(2), gradient)
    return float(found[0]), float(found[1])


def band(scores: Floats, labels: Floats, false_alarms: float) -> float:
    """The lowest score in hundredths at which at most this share of the clean texts is held."""
    clean = scores[labels == 0]
    marks = np.arange(1, 100) / 100
    within = [mark for mark in marks if (clean >= mark).mean() <= false_alarms]
    return float(within[0]) if within else 1.0
