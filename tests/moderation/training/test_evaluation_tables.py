"""The tables of `models evaluate` on files that the test writes."""

import csv
import gzip
from pathlib import Path

import numpy as np
import pytest

from moderation import LABELS
from moderation.training.evaluate import NoLabels, calibration_chart, evaluation, read_labelled

CLEAN = ["A fair point about women.", "Thank you for the report.", "I read it twice.", "Muslims voted early."] * 5
TOXIC = ["You idiot.", "Women are trash.", "Shut up, moron.", "What a clown you are."] * 5


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "rows.csv.gz"
    with gzip.open(path, "wt", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(("id", "text", "lang", "toxicity", "insult"))
        table.writerows((f"c{n}", text, "en", 0.1, "") for n, text in enumerate(CLEAN))
        table.writerows((f"t{n}", text, "en", 0.9, 1) for n, text in enumerate(TOXIC))
        table.writerow(("x", "Du Idiot", "de", 1, ""))
    return path


def perfect(rows: list[object]) -> list[list[float]]:
    return [[0.05 if getattr(row, "id").startswith("c") else 0.95] * len(LABELS) for row in rows]  # noqa: B009


def test_rows_of_another_language_are_left_out_and_empty_cells_are_unknown(file):
    rows = read_labelled(file, "en")
    assert len(rows) == 40
    assert np.isnan(rows[0].labels[LABELS.index("insult")])
    assert len(read_labelled(file)) == 41


def test_a_perfect_scorer_has_perfect_figures(file):
    rows = read_labelled(file, "en")
    told = evaluation(rows, perfect(rows))
    assert "toxicity         AUC 1.000  (20 of 40)" in told
    assert "0.50          0.0%  100.0%     100.0%" in told


def test_a_scorer_that_dislikes_a_group_shows_it(file):
    rows = read_labelled(file, "en")
    scores = [[0.99] * 7 if "omen" in row.text else each for row, each in zip(rows, perfect(rows), strict=True)]
    women = next(line for line in evaluation(rows, scores).splitlines() if line.strip().startswith("women"))
    fair = next(line for line in evaluation(rows, perfect(rows)).splitlines() if line.strip().startswith("Muslim"))
    assert "nan" in women or "0.000" in women
    assert women != fair


def test_the_chart_shows_what_was_said_and_what_was_true():
    told = calibration_chart(np.array([0.05] * 10 + [0.95] * 10, np.float32), np.array([0.0] * 10 + [1.0] * 10))
    first, last = told.splitlines()[2:]
    assert first.split()[:4] == ["0.0-0.1", "10", "0.05", "0.00"]
    assert "##########" in last


def test_a_file_without_labels_is_told_what_it_should_hold(tmp_path):
    path = tmp_path / "bare.csv"
    path.write_text("id,comment\n1,hello\n")
    with pytest.raises(NoLabels, match="text and toxicity"):
        read_labelled(path)


def test_a_label_that_is_no_number_is_told_with_its_line(tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text("text,toxicity\nhello,0\nhallo,very\n")
    with pytest.raises(NoLabels, match="Line 3"):
        read_labelled(path)


def test_a_file_without_rows_of_the_language_is_told(file):
    with pytest.raises(NoLabels, match="no labelled row in fr"):
        read_labelled(file, "fr")
