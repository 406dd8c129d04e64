"""Seven logistic regressions over one set of hashed features, fitted together with numpy alone.

Mini-batch Adagrad: only the buckets that a batch touches are updated, so an epoch over 170,000 texts takes seconds.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from moderation.scorers.features import Features, extract
from moderation.scorers.linear import sigmoid, weigh
from moderation.training.rows import batches

Floats = NDArray[np.float32]
_CHUNK = 4096


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a model is fitted with. `bits`: 2**bits buckets; `l2` shrinks a bucket's weights each time it is seen."""

    bits: int = 18
    epochs: int = 4
    batch: int = 128
    rate: float = 0.1
    l2: float = 1e-5
    seed: int = 7


def extract_all(texts: Sequence[str], bits: int) -> Features:
    """The features of many texts, in chunks that fit the memory."""
    parts = [extract(texts[begin : begin + _CHUNK], bits) for begin in range(0, len(texts), _CHUNK)]
    sizes = np.concatenate([np.diff(part.start) for part in parts])
    start = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
    return Features(start, np.concatenate([p.bucket for p in parts]), np.concatenate([p.count for p in parts]))


def inverse_frequency(features: Features, bits: int) -> Floats:
    """Smoothed idf for each bucket, as scikit-learn defines it: ln((1 + n) / (1 + df)) + 1."""
    rows = len(features.start) - 1
    seen = np.bincount(features.bucket, minlength=1 << bits)
    return (np.log((1 + rows) / (1 + seen)) + 1).astype(np.float32)


class Fit:
    """The weights (buckets, labels) and bias (labels,) as they are learnt."""

    def __init__(self, recipe: Recipe, labels: int) -> None:
        self.weights: Floats = np.zeros((1 << recipe.bits, labels), np.float32)
        self.bias: Floats = np.full(labels, -2.0, np.float32)
        self._recipe = recipe
        self._seen: Floats = np.full_like(self.weights, 1e-6)
        self._bias_seen: Floats = np.full_like(self.bias, 1e-6)

    def run(self, features: Features, idf: Floats, labels: Floats, weights: Floats) -> None:
        """All epochs over all rows, in an order drawn from the recipe's seed."""
        values = weigh(features, idf)
        shuffle = np.random.default_rng(self._recipe.seed)
        for _ in range(self._recipe.epochs):
            for rows in batches(shuffle.permutation(len(labels)), self._recipe.batch):
                self._step(_take(features, values, rows), labels[rows], weights[rows])

    def _step(self, taken: tuple[NDArray[np.int32], Floats, NDArray[np.int64]], y: Floats, weight: Floats) -> None:
        bucket, value, sizes = taken
        starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        logits = np.add.reduceat(self.weights[bucket] * value[:, None], starts) + self.bias
        error = (sigmoid(logits) - y) * weight
        order = np.argsort(bucket, kind="stable")
        unique, first = np.unique(bucket[order], return_index=True)
        spread = (value[:, None] * np.repeat(error, sizes, axis=0))[order]
        gradient = (np.add.reduceat(spread, first) / len(y)).astype(np.float32)
        self._descend(unique, gradient, error.mean(axis=0))

    def _descend(self, buckets: NDArray[np.int32], gradient: Floats, bias_gradient: Floats) -> None:
        gradient += self._recipe.l2 * self.weights[buckets]
        self._seen[buckets] += gradient**2
        self.weights[buckets] -= self._recipe.rate * gradient / np.sqrt(self._seen[buckets])
        self._bias_seen += bias_gradient**2
        self.bias -= self._recipe.rate * bias_gradient / np.sqrt(self._bias_seen)


def _take(
    features: Features, values: Floats, rows: NDArray[np.int64]
) -> tuple[NDArray[np.int32], Floats, NDArray[np.int64]]:
    """The entries of some rows, end to end: (buckets, values, entries of each row)."""
    begin, sizes = features.start[rows], np.diff(features.start)[rows]
    shift = np.repeat(begin - np.concatenate([[0], np.cumsum(sizes)[:-1]]), sizes)
    entries = np.arange(int(sizes.sum())) + shift
    return features.bucket[entries], values[entries], sizes
