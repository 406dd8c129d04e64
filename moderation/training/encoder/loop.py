"""One pass after another over the prepared texts, repeatable from a seed."""

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from moderation.training.encoder.network import Network

_ROUND = 8  # lengths are rounded up: oneDNN builds a primitive for every new shape
_TOKENS = 2048
_CHUNK = 2048  # texts sorted by length together: alike enough to waste no padding, mixed enough to learn from
_REPORT = 100


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a run is fitted with; rates rise for the share `warm_up` of the steps, then fall to nothing."""

    epochs: int = 1
    body_rate: float = 1e-4
    head_rate: float = 5e-4
    warm_up: float = 0.05
    decay: float = 0.01
    seed: int = 7


@dataclass(frozen=True, slots=True)
class Prepared:
    """Token ids end to end with `start` (rows + 1,), and the labels with their weights, each (rows, 7)."""

    ids: NDArray[np.int32]
    start: NDArray[np.int64]
    labels: NDArray[np.float32]
    weights: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.labels)

    def padded(self, rows: NDArray[np.int64]) -> tuple[torch.Tensor, torch.Tensor]:
        """(ids, mask) of some rows, each (rows, longest rounded up)."""
        lengths = np.diff(self.start)[rows]
        width = -(-int(lengths.max()) // _ROUND) * _ROUND
        ids = np.zeros((len(rows), width), np.int64)
        for line, row in enumerate(rows):
            ids[line, : lengths[line]] = self.ids[self.start[row] : self.start[row + 1]]
        mask = np.arange(width) < lengths[:, None]
        return torch.from_numpy(ids), torch.from_numpy(mask.astype(np.int64))


def batches(prepared: Prepared, order: NDArray[np.int64], shuffle: np.random.Generator) -> Iterator[NDArray[np.int64]]:
    """Batches of texts of like length, about _TOKENS tokens each, in an order of their own."""
    lengths = np.diff(prepared.start)
    for begin in range(0, len(order), _CHUNK):
        chunk = order[begin : begin + _CHUNK]
        chunk = chunk[np.argsort(lengths[chunk], kind="stable")]
        cuts = _cuts(lengths[chunk])
        parts = np.split(chunk, cuts)
        yield from (parts[index] for index in shuffle.permutation(len(parts)))


def _cuts(lengths: NDArray[np.int64]) -> list[int]:
    cuts, begin = [], 0
    for index, length in enumerate(lengths.tolist()):
        if (index - begin + 1) * length > _TOKENS or index - begin >= 64:  # noqa: PLR2004
            cuts.append(index)
            begin = index
    return [cut for cut in cuts if cut]


def fit(network: Network, prepared: Prepared, recipe: Recipe) -> None:
    """Trains in place. Progress goes to standard error."""
    torch.manual_seed(recipe.seed)
    network.train()
    body = [parameter for parameter in network.body.parameters() if parameter.requires_grad]
    groups = [
        {"params": body, "lr": recipe.body_rate},
        {"params": network.head.parameters(), "lr": recipe.head_rate},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=recipe.decay)
    plan = list(_plan(prepared, recipe))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step / len(plan), recipe.warm_up))
    began, seen, total = time.monotonic(), 0, 0.0
    for step, rows in enumerate(plan, 1):
        total += _step(network, prepared, rows, optimiser)
        schedule.step()
        seen += len(rows)
        if step % _REPORT == 0 or step == len(plan):
            rate = seen / (time.monotonic() - began)
            print(f"step {step} of {len(plan)}: loss {total / step:.4f}, {rate:.0f} texts/s", file=sys.stderr)  # noqa: T201


def _plan(prepared: Prepared, recipe: Recipe) -> Iterator[NDArray[np.int64]]:
    shuffle = np.random.default_rng(recipe.seed)
    for _ in range(recipe.epochs):
        yield from batches(prepared, shuffle.permutation(len(prepared)), shuffle)


def _rate(done: float, warm_up: float) -> float:
    """Up in a straight line, then down to nothing."""
    return min(done / warm_up, (1 - done) / (1 - warm_up)) if done < 1 else 0.0


def _step(network: Network, prepared: Prepared, rows: NDArray[np.int64], optimiser: torch.optim.Optimizer) -> float:
    labels, weights = (torch.from_numpy(each[rows]) for each in (prepared.labels, prepared.weights))
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = network(*prepared.padded(rows))
    losses = nn.functional.binary_cross_entropy_with_logits(logits.float(), labels, weight=weights, reduction="sum")
    loss = losses / len(rows)
    optimiser.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call] # torch leaves it untyped
    nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimiser.step()
    return float(loss.detach())
