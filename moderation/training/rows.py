"""Labelled rows: read, masked where a label is unknown, weighed, and split for good by a hash of their text."""

import csv
import gzip
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from moderation.decision import LABELS

NATURAL = "natural"
"""The part at natural prevalence: never trained on; calibration and report each take half of it."""

# News comments and talk pages are weighed up, sets that overstate what they stand for down: toxic_spans has nothing but
# positives, and at full weight teaches that news comments are toxic.
_SOURCE_WEIGHT = {
    "civil_7labels": 12.0,
    "civil_seed": 12.0,
    "jigsaw18": 2.0,
    "davidson": 0.3,
    "toxic_spans": 0.1,
    "wiki_debias": 0.5,
    "newsdesk": 3.0,
}
_CLEAN_SUBLABEL_WEIGHT = 0.5  # a clean text has no insult in it either, though nobody was asked
_NOT_HATE_WEIGHT = 0.3  # what is not hate is probably not toxic
_HATE_SETS = frozenset({"tweeteval_hate", "hatemojibuild", "stormfront", "edos", "guest_misogyny"})


@dataclass(frozen=True, slots=True)
class Row:
    """One text; `labels` holds 0..1 for each of LABELS, nan where unknown; `part` is train, dev or natural."""

    id: str
    text: str
    lang: str
    source: str
    labels: tuple[float, ...]
    part: str


def read(path: Path) -> list[Row]:
    """Rows that may be trained on (`ship` = 1), sorted by id so that every run sees one order.

    The columns are `id, text, lang, source, note, ship` and the labels; an empty label is unknown.
    """
    csv.field_size_limit(2**31 - 1)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        rows = [_row(values) for values in csv.DictReader(lines) if values["ship"] == "1"]
    return sorted(rows, key=lambda row: row.id)


def _row(values: dict[str, str]) -> Row:
    labels = tuple(float(values[label]) if values[label] else float("nan") for label in LABELS)
    return Row(values["id"], values["text"], values["lang"], values["source"], labels, _part(values))


def _part(values: dict[str, str]) -> str:
    if values["note"] == "random5k" or (values["source"] == "civil_seed" and share(values["text"]) < 0.5):  # noqa: PLR2004
        return NATURAL
    return "dev" if share(values["text"]) < 0.05 else "train"  # noqa: PLR2004


def share(text: str) -> float:
    """A number in 0..1 that depends on the text alone, so that copies of a text fall into the same part."""
    digest = hashlib.sha256(text.casefold().encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:4], "big") / 2**32


def targets(rows: Sequence[Row]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """(labels, weights), each (rows, 7): 0 or 1 where known or inferred, weight 0 where unknown."""
    labels = np.array([row.labels for row in rows], dtype=np.float32).reshape(-1, len(LABELS))
    weights = np.where(np.isnan(labels), 0, 1).astype(np.float32)
    for index, row in enumerate(rows):
        _infer(row, labels[index], weights[index])
    scale = np.array([_SOURCE_WEIGHT.get(row.source, 1.0) for row in rows], dtype=np.float32)
    return (np.nan_to_num(labels) >= 0.5).astype(np.float32), weights * scale[:, None]  # noqa: PLR2004


def _infer(row: Row, labels: NDArray[np.float32], weights: NDArray[np.float32]) -> None:
    """Fills what follows from what is known; `labels` and `weights` are one row's, changed in place."""
    toxicity, identity = labels[0], labels[LABELS.index("identity_attack")]
    if np.isnan(toxicity) and identity == 0 and row.source in _HATE_SETS:
        labels[0], weights[0] = 0, _NOT_HATE_WEIGHT
    elif toxicity == 0:
        weights[np.isnan(labels)] = _CLEAN_SUBLABEL_WEIGHT


def batches(order: NDArray[np.int64], size: int) -> Iterator[NDArray[np.int64]]:
    """Consecutive slices of a shuffled order."""
    return (order[begin : begin + size] for begin in range(0, len(order), size))


def of_part(rows: Iterable[Row], part: str, lang: str | None = None) -> list[Row]:
    return [row for row in rows if row.part == part and lang in (None, row.lang)]
