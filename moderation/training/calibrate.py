"""Turns logits into probabilities that hold for comments as they come, and picks the bands from there.

Platt scaling by Newton's method, steps halved until they help, with a weak pull to the uncalibrated logit: some labels
have a dozen positives.
"""

import numpy as np
from numpy.typing import NDArray

from moderation.decision import LABELS
from moderation.scorers.linear import sigmoid

Floats = NDArray[np.float32]
_PULL = 1.0
_STEPS = 50
_CLOSE = 1e-6
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

    def loss(at: NDArray[np.float64]) -> float:
        margin = design @ at
        return float(weight @ (np.logaddexp(0, margin) - label * margin) + _PULL / 2 * ((at - start) ** 2).sum())

    for _ in range(_STEPS):
        probability = sigmoid(design @ found)
        gradient = design.T @ (weight * (probability - label)) + _PULL * (found - start)
        spread = weight * probability * (1 - probability)
        step = np.linalg.solve(design.T @ (design * spread[:, None]) + _PULL * np.eye(2), gradient)
        while loss(found - step) > loss(found) and np.abs(step).max() > _CLOSE:
            step = step / 2
        if np.abs(step).max() <= _CLOSE:
            break
        found = found - step
    return float(found[0]), float(found[1])


def band(scores: Floats, labels: Floats, false_alarms: float) -> float:
    """The lowest score in hundredths at which at most this share of the clean texts is held."""
    clean = scores[labels == 0]
    marks = np.arange(1, 100) / 100
    within = [mark for mark in marks.tolist() if (clean >= mark).mean() <= false_alarms]
    return within[0] if within else 1.0
