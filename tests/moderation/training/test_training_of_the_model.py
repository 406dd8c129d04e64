"""Trains for real, on rows made up here: small, but by the same command."""

import csv
import gzip
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from moderation import LABELS
from moderation.scorers import Builtin
from moderation.training.calibrate import band, platt
from moderation.training.common_words import common_words
from moderation.training.counterexamples import counterexamples
from moderation.training.report import auc, disguised
from moderation.training.rows import read, share, targets

COLUMNS = ("id", "text", "lang", "source", "split", *LABELS, "note", "ship")
GOOD = ["the", "report", "was", "clear", "fair", "and", "well", "written", "about", "tax", "and", "trade"]
BAD = ["moron", "scum", "trash", "loser", "pathetic", "clown", "garbage", "liar"]


def row(index: int, text: str, toxic: float | str, **more: str) -> dict[str, str]:
    values = dict.fromkeys(COLUMNS, "") | {
        "id": f"r{index:05}",
        "text": text,
        "lang": "en",
        "source": "made",
        "ship": "1",
    }
    return values | {"toxicity": str(toxic), "insult": str(toxic)} | more


def made_up(count: int) -> list[dict[str, str]]:
    draw = random.Random(3)  # noqa: S311 - rows for a test
    rows = []
    for index in range(count):
        toxic = index % 3 == 0
        words = draw.choices(GOOD, k=8) + (draw.choices(BAD, k=2) if toxic else [])
        note = "random5k" if index % 2 else ""
        rows.append(row(index, f"{' '.join(words)} {index}", float(toxic), note=note))
    return rows


def write(path: Path, rows: list[dict[str, str]]) -> Path:
    with gzip.open(path, "wt", encoding="utf-8", newline="") as lines:
        table = csv.DictWriter(lines, COLUMNS)
        table.writeheader()
        table.writerows(rows)
    return path


def train(data: Path, out: Path) -> str:
    out.mkdir()
    command = [sys.executable, "-m", "moderation.training", "--data", str(data), "--out", str(out)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_the_command_trains_the_same_model_twice_and_it_tells_abuse_from_news(tmp_path):
    data = write(tmp_path / "rows.csv.gz", made_up(1200))
    told, _ = train(data, tmp_path / "one"), train(data, tmp_path / "two")
    first, second = (tmp_path / name / "builtin-en.npz" for name in ("one", "two"))
    assert first.read_bytes() == second.read_bytes()
    clean, abusive = Builtin.load(first).probabilities(["the report was fair", "you pathetic moron"])[:, 0]
    assert clean < 0.5 < abusive
    assert "Toxicity at natural prevalence" in told
    assert (tmp_path / "one" / "common-en.txt").read_text(encoding="utf-8").split() == sorted(set(GOOD))


def test_rows_that_may_not_be_shipped_are_never_read(tmp_path):
    path = write(tmp_path / "rows.csv.gz", [row(1, "a", 0), row(2, "b", 1, ship="0")])
    assert [each.text for each in read(path)] == ["a"]


def test_an_unknown_label_has_no_weight_and_is_never_taken_for_clean(tmp_path):
    path = write(tmp_path / "rows.csv.gz", [row(1, "a", 1, threat=""), row(2, "b", "", insult="", obscene="0.2")])
    labels, weights = targets(read(path))
    threat, obscene = LABELS.index("threat"), LABELS.index("obscene")
    assert weights[0, 0] > 0
    assert weights[0, threat] == 0
    assert weights[1].tolist() == [1.0 if index == obscene else 0.0 for index in range(len(LABELS))]
    assert labels[0, 0] == 1


def test_a_clean_text_counts_a_little_against_every_label(tmp_path):
    _, weights = targets(read(write(tmp_path / "rows.csv.gz", [row(1, "a", 0)])))
    assert (weights[0] > 0).all()
    assert weights[0, LABELS.index("threat")] < weights[0, 0]


def test_copies_of_a_text_fall_into_the_same_part():
    assert share("You IDIOT") == share("you idiot")


def test_natural_rows_are_kept_from_training(tmp_path):
    rows = read(write(tmp_path / "rows.csv.gz", made_up(300)))
    natural = [each for each in rows if each.part == "natural"]
    assert len(natural) == 150


def test_platt_scaling_finds_the_line_that_made_the_labels():
    draw = np.random.default_rng(1)
    logits = draw.normal(0, 3, (20_000, len(LABELS))).astype(np.float32)
    labels = (draw.random(logits.shape) < 1 / (1 + np.exp(-(0.5 * logits - 1)))).astype(np.float32)
    scale, shift = platt(logits, labels, np.ones_like(labels))
    assert scale == pytest.approx(np.full(7, 0.5), abs=0.05)
    assert shift == pytest.approx(np.full(7, -1), abs=0.1)


def test_a_label_without_positives_keeps_its_logit():
    zeros = np.zeros((50, len(LABELS)), np.float32)
    scale, shift = platt(zeros, zeros, zeros + 1)
    assert (scale.tolist(), shift.tolist()) == ([1.0] * 7, [0.0] * 7)


def test_a_band_lets_at_most_its_share_of_clean_texts_be_held():
    scores = np.linspace(0, 1, 101, dtype=np.float32)
    labels = np.zeros(101, np.float32)
    mark = band(scores, labels, 0.05)
    assert (scores >= mark).mean() <= 0.05 < (scores >= mark - 0.011).mean()


def test_auc_counts_pairs_in_order_with_ties_as_halves():
    labels = np.array([1] * 10 + [0] * 10, np.float32)
    assert auc(labels, labels) == 1
    assert auc(np.zeros(20, np.float32), labels) == 0.5
    assert np.isnan(auc(labels[:12], labels[:12]))


def test_disguising_is_repeatable_and_changes_words():
    text = "somebody wrote another article about railways"
    assert disguised(text, 1) == disguised(text, 1) != text


def test_common_words_are_those_of_many_texts():
    assert common_words(["the cat"] * 60 + ["a dog"] * 59) == ["cat", "the"]


def test_counterexamples_are_many_distinct_in_id_and_speak_of_both_sides():
    rows = counterexamples()
    assert len({each.id for each in rows}) == len(rows) > 500
    assert {each.labels[0] for each in rows} == {0.0, 1.0}
