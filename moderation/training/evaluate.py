"""The figures of any scorer on any labelled file: `newsdesk models evaluate`."""

import csv
import gzip
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import IO

import numpy as np

from moderation.decision import LABELS
from moderation.training.report import Floats, Judged, auc, auc_table, threshold_table
from moderation.training.rows import Row

MARKS = (0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
_BINS = np.linspace(0, 1, 11)
_WIDTH = 30  # characters of the chart's longest bar
_GROUPS = {
    "Muslim": r"muslims?|islam(?:ic)?",
    "Jewish": r"jews?|jewish",
    "Christian": r"christians?|catholics?",
    "Black": r"blacks?|african.americans?",
    "white": r"whites?",
    "women": r"wom[ae]n|females?|girls?",
    "men": r"m[ae]n|males?|boys?",
    "gay or lesbian": r"gays?|lesbians?|homosexuals?",
    "transgender": r"trans(?:gender|sexual)?s?",
    "immigrants": r"immigrants?|refugees?|migrants?",
    "disabled": r"disabled|disability|deaf|blind|autistic",
}
"""A text counts as about a group when it has one of these words; Civil Comments asked raters instead."""


class NoLabels(Exception):
    """The file holds nothing to judge by; the message says what it should hold."""


def read_labelled(path: Path, lang: str | None = None) -> list[Row]:
    """Rows of a CSV file, gzipped or not: `text`, `toxicity` (0..1) and any other label; `id`, `lang` and `source` too.

    An empty cell is unknown. Rows of other languages than `lang` are left out. Raises NoLabels.
    """
    with _opened(path) as lines:
        table = csv.DictReader(lines)
        if not {"text", "toxicity"} <= set(table.fieldnames or ()):
            raise NoLabels(f"{path} needs a first line that names its columns, text and toxicity among them.")
        rows = list(_rows(table))
    found = [row for row in rows if lang in (None, row.lang or lang)]
    if not found:
        raise NoLabels(f"{path} holds no labelled row{f' in {lang}' if lang else ''}.")
    return found


def _opened(path: Path) -> IO[str]:
    csv.field_size_limit(2**31 - 1)
    opener = gzip.open if path.suffix == ".gz" else open
    return opener(path, "rt", encoding="utf-8", newline="")


def _rows(table: Iterable[dict[str, str]]) -> Iterator[Row]:
    for number, values in enumerate(table, 2):
        try:
            labels = tuple(float(values.get(label) or "nan") for label in LABELS)
        except ValueError as problem:
            raise NoLabels(f"Line {number} has a label that is no number: {problem}.") from problem
        row_id = values.get("id") or str(number)
        yield Row(row_id, values["text"], values.get("lang") or "", values.get("source") or "", labels, "test")


def evaluation(rows: Sequence[Row], scores: Sequence[Sequence[float]]) -> str:
    """Every table, as text; `scores` hold a number for each of LABELS for each row."""
    judged = Judged.by(lambda _: np.array(scores, np.float32), rows)
    tables = (
        auc_table(judged, "AUC of each label (positives of rows known)"),
        threshold_table(judged, MARKS),
        calibration_chart(*judged.column("toxicity")),
        subgroup_table(judged),
    )
    return "\n\n".join(tables)


def calibration_chart(scores: Floats, labels: Floats) -> str:
    """In tenths of the score: how many are toxic. Calibrated, a bar ends at its `|`."""
    lines = ["Calibration of toxicity", "  score      texts  said   toxic"]
    for low, high in pairwise(_BINS):
        within = (scores >= low) & ((scores < high) | (high == 1))
        if within.any():
            said, toxic = float(scores[within].mean()), float(labels[within].mean())
            lines.append(f"  {low:.1f}-{high:.1f}  {within.sum():7}  {said:.2f}   {toxic:.2f}  {_bar(toxic, said)}")
    return "\n".join(lines)


def _bar(toxic: float, said: float) -> str:
    bar = ("#" * round(toxic * _WIDTH)).ljust(_WIDTH + 1)
    place = round(said * _WIDTH)
    return (bar[:place] + "|" + bar[place + 1 :]).rstrip()


def subgroup_table(judged: Judged) -> str:
    """AUC within the texts that name a group, and for two mixes that show unfairness, after Borkan et al. (2019).

    BPSN: clean texts that name it against toxic ones that do not; low when naming it counts as toxic. BNSP: the other
    way round.
    """
    scores, labels = judged.column("toxicity")
    known = judged.known[:, LABELS.index("toxicity")]
    texts = [row.text for row, is_known in zip(judged.rows, known, strict=True) if is_known]
    lines = ["Toxicity by group named", "  group           texts  subgroup  BPSN   BNSP"]
    for group, words in _GROUPS.items():
        pattern = re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
        inside = np.array([bool(pattern.search(text)) for text in texts])
        unfair = (inside & (labels == 0)) | (~inside & (labels > 0))
        mixes = (inside, unfair, ~unfair)
        told = "  ".join(f"{auc(scores[mix], labels[mix]):5.3f}" for mix in mixes)
        lines.append(f"  {group:14} {inside.sum():6}     {told}")
    return "\n".join(lines)
