"""The arithmetic of the linear model: TF-IDF rows, seven weighted sums, and a sigmoid calibrated for each label."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from moderation.scorers.features import Features

Floats = NDArray[np.float32]


def weigh(features: Features, idf: Floats) -> Floats:
    """(1 + ln tf) * idf for every entry, each row scaled to length one."""
    values = (1 + np.log(features.count)) * idf[features.bucket]
    norms = np.sqrt(np.add.reduceat(values**2, features.start[:-1]))
    scaled: Floats = (values / np.repeat(norms, np.diff(features.start))).astype(np.float32)
    return scaled


def sigmoid(logits: NDArray[np.floating]) -> NDArray[np.floating]:
    """1 / (1 + e**-x) by way of tanh, which does not overflow."""
    probability: NDArray[np.floating] = 0.5 * (1 + np.tanh(0.5 * logits))
    return probability


@dataclass(frozen=True, slots=True)
class Linear:
    """`weights` (buckets, labels), `bias` (labels,), `idf` (buckets,); `scale` and `shift` (labels,) calibrate."""

    weights: Floats
    bias: Floats
    idf: Floats
    scale: Floats
    shift: Floats

    def logits(self, features: Features) -> Floats:
        """(rows, labels), before calibration."""
        products = self.weights[features.bucket] * weigh(features, self.idf)[:, None]
        sums: Floats = np.add.reduceat(products, features.start[:-1]) + self.bias
        return sums

    def probabilities(self, logits: Floats) -> Floats:
        """Calibrated 0..1, of the same shape as the logits."""
        return sigmoid(self.scale * logits + self.shift)
