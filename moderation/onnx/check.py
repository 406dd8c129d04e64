"""Whether a served model says what its original says."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FEWEST = 500
"""Texts that a comparison rests on at least."""

Floats = NDArray[np.float32]
Score = Callable[[Sequence[str]], Floats]


class DiffersTooMuch(Exception):
    """The export is not to be used; the message says by how much it is off."""


@dataclass(frozen=True, slots=True)
class Limit:
    """The largest and the mean difference of a probability that are let through."""

    largest: float
    mean: float


FP32 = Limit(largest=0.001, mean=0.0001)
INT8 = Limit(largest=0.35, mean=0.03)
"""A trained model of 6 layers was off by .18 at most and .011 in the mean on 3,000 comments."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Between two tables of probabilities for the same texts."""

    texts: int
    largest: float
    mean: float

    def __str__(self) -> str:
        return f"on {self.texts} texts the largest difference is {self.largest:.4f} and the mean {self.mean:.4f}"


def compare(original: Score, served: Score, texts: Sequence[str]) -> Difference:
    """Raises ValueError for fewer than FEWEST texts."""
    if len(texts) < FEWEST:
        raise ValueError(f"{len(texts)} texts are too few to compare on; give at least {FEWEST}")
    off = np.abs(original(texts) - served(texts))
    return Difference(len(texts), float(off.max()), float(off.mean()))


def require(difference: Difference, limit: Limit) -> None:
    """Raises DiffersTooMuch, also for differences that are no numbers."""
    if not (difference.largest <= limit.largest and difference.mean <= limit.mean):
        raise DiffersTooMuch(
            f"The exported model differs from its original: {difference}; at most {limit.largest:g} and "
            f"{limit.mean:g} are let through. Nothing was installed; keep scoring with the original."
        )
