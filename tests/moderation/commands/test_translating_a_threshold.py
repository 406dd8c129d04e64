import csv
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bots.cli.translate import SCORES


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bots.cli", "policy", "translate", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env={"COLUMNS": "400"}, check=False)


@pytest.fixture
def scored(tmp_path: Path) -> Path:
    """Texts that are half friendly, half insults, with scores of their own in an old and a new column."""
    file = tmp_path / "scored.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        table = csv.writer(opened)
        table.writerow(["comment_text", "TOXICITY@6", "TOXICITY@5"])
        for number in range(20):
            table.writerow([f"You are an idiot number {number}.", 0.9, 0])
            table.writerow([f"Thank you for the article number {number}.", 0.1, 0])
    return file


def test_our_threshold_for_the_same_share_is_said_with_its_interval(scored):
    told = run("--perspective", "TOXICITY=0.80", "--scores", str(scored)).stdout
    assert told.startswith(
        "TOXICITY 0.80 of the Perspective API lets 50.0% of 40 comments through; so does toxicity 0."
    )
    assert re.search(r"\(95 % interval 0\.\d\d to [01]\.\d\d\), and both decide alike on 100\.0%\.", told)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--perspective", "TOXICITY"), "write an attribute and a threshold, as in TOXICITY=0.80"),
        (("--perspective", "SPAM=0.5"), "write an attribute and a threshold"),
        (("--perspective", "TOXICITY=7"), "write an attribute and a threshold"),
        (("--perspective", "TOXICITY=0.5", "--scores", "/nowhere.csv"), "with --scores: comment_text"),
    ],
)
def test_what_a_person_can_mend_is_said(arguments, told):
    done = run(*arguments)
    assert done.returncode != 0
    assert told in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_a_column_that_is_missing_is_named(scored):
    assert "a column INSULT is missing" in run("--perspective", "INSULT=0.5", "--scores", str(scored)).stderr


@pytest.mark.skipif(not SCORES.exists(), reason="the Perspective API's own scores of 2018 are not beside the project")
def test_perspectives_own_scores_are_translated():
    told = run("--perspective", "TOXICITY=0.80").stdout
    assert "lets 93.1% of 2,000 comments through" in told
