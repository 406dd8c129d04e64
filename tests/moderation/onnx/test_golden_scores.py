"""The model in the repository scores 200 texts as it did when it was published."""

import json
from pathlib import Path

import numpy as np
import pytest

from moderation import LABELS
from moderation.scorers import ENCODER, built_in, choose

GOLDEN = Path(__file__).with_name("golden_scores.jsonl")
LARGEST, MEAN = 0.15, 0.02  # processors without VNNI round 8-bit products in another way


@pytest.fixture(scope="module")
def lines() -> list[dict[str, object]]:
    return [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]


def test_two_hundred_texts_score_as_published(lines):
    assert len(lines) == 200
    found = built_in().probabilities([line["text"] for line in lines])
    off = np.abs(found - np.array([line["scores"] for line in lines]))
    assert off.max() < LARGEST
    assert off.mean() < MEAN


def test_the_model_fits_the_repository_and_needs_nothing_else():
    assert {path.name for path in ENCODER.iterdir()} == {"model.onnx", "tokenizer.json", "figures.json"}
    assert sum(path.stat().st_size for path in ENCODER.iterdir()) < 30e6


@pytest.mark.parametrize(
    ("clean", "toxic"),
    [
        ("A missile hit the market and killed twelve people.", "I will kill you and your family."),
        ("Muslims are welcome in our town.", "Muslims are not welcome in our town, they are vermin."),
        ("I do not think you are an idiot.", "I think you are an idiot."),
        ("Thank you for this report.", "Thank you for this report, you m0r0n."),
    ],
)
async def test_abuse_scores_above_the_same_words_without_it(tmp_path, clean, toxic):
    scorer = choose("builtin", tmp_path)
    mild, rude = [(await scorer.score(text, "en")).values["toxicity"] for text in (clean, toxic)]
    assert mild < rude


async def test_it_speaks_every_label(tmp_path):
    assert tuple((await choose("builtin", tmp_path).score("Good morning.", "en")).values) == LABELS
