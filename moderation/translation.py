"""What a threshold of another scorer is in ours: the one that lets through the same share of the same texts."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

RESAMPLES = 1000
_OUTER = 0.025  # each side of a 95 % interval
_SEED = 20180829


@dataclass(frozen=True, slots=True)
class Translation:
    """`share` of the texts (0..1) score below their threshold, and below `threshold` in ours.

    `low` to `high` is the 95 % interval of a bootstrap over the texts; on `agree` of them (0..1) both decide alike.
    """

    share: float
    threshold: float
    low: float
    high: float
    agree: float


def translate(pairs: Sequence[tuple[float, float]], threshold: float) -> Translation:
    """`pairs` are (their score, our score) of one text each, at least one. The same pairs give the same answer."""
    found = _threshold(pairs, threshold)
    chance = random.Random(_SEED)  # noqa: S311 - a repeatable resampling, no secret
    resampled = sorted(_threshold(chance.choices(pairs, k=len(pairs)), threshold) for _ in range(RESAMPLES))
    outer = int(_OUTER * RESAMPLES)
    alike = sum((theirs < threshold) == (ours < found) for theirs, ours in pairs)
    share = sum(theirs < threshold for theirs, _ in pairs) / len(pairs)
    return Translation(share, found, resampled[outer], resampled[-1 - outer], alike / len(pairs))


def _threshold(pairs: Sequence[tuple[float, float]], threshold: float) -> float:
    """Our lowest score that is not let through when as many texts are as by their threshold; 1 when all are."""
    passing = sum(theirs < threshold for theirs, _ in pairs)
    return sorted(ours for _, ours in pairs)[passing] if passing < len(pairs) else 1.0
