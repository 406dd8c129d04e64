"""The scorer on a real file, served by the real onnxruntime."""

import asyncio
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moderation import LABELS, LanguageNotJudged, ScorerUnavailable
from moderation.scorers import choose
from moderation.scorers.onnx import OnnxScorer
from moderation.scorers.onnx_cache import Recent

HARMLESS = "thank you . this article . "
IDIOT = 7  # its place among the words of the tokenizer


async def test_every_label_gets_a_probability(tiny):
    scores = await OnnxScorer(tiny(), threads=2).score("You are an idiot.", "en")
    assert (list(scores.values), scores.language, scores.scorer) == (list(LABELS), "en", "tiny")
    assert all(0 < value < 1 for value in scores.values.values())


async def test_a_language_it_did_not_learn_is_not_judged(tiny):
    with pytest.raises(LanguageNotJudged, match="not trained on the language of this text"):
        await OnnxScorer(tiny(), threads=1).score("qwerty", None)


def test_a_score_does_not_depend_on_what_is_scored_beside_it(tiny):
    scorer = OnnxScorer(tiny(), threads=4)
    texts = ["You are an idiot.", "A good article.", HARMLESS * 9] * 8
    alone = scorer.probabilities(texts[:3])
    with ThreadPoolExecutor(4) as workers:
        together = list(workers.map(lambda text: scorer.probabilities([text])[0], texts))
    assert all(np.array_equal(found, alone[index % 3]) for index, found in enumerate(together))


def test_a_long_text_is_read_to_its_end_and_its_worst_part_counts(tiny):
    scorer = OnnxScorer(tiny(), threads=1)
    text = HARMLESS * 20 + "you idiot"
    windows = scorer._encoder.windows(text)
    assert all(window.shape[1] <= 12 for window in windows)
    assert [IDIOT in window for window in windows] == [False] * (len(windows) - 1) + [True]
    worst = np.max([scorer._encoder.logits(window) for window in windows], axis=0)
    assert np.array_equal(scorer.logits([text])[0], worst)


def test_disguised_words_are_read_without_their_disguise(tiny):
    scorer = OnnxScorer(tiny(), threads=1)
    plain, disguised = scorer.logits(["you are an idiot", "y\u200bou are an 1d10t"])
    assert np.array_equal(plain, disguised)


async def test_a_text_seen_a_moment_ago_is_not_worked_out_again(tiny):
    scorer = OnnxScorer(tiny(), threads=1, waiting=1)
    first = await scorer.score("Thank you.", "en")
    scorer._most = 0
    assert await scorer.score("Thank you.", "en") == first


async def test_more_texts_than_it_can_hold_are_refused_and_the_others_answered(tiny):
    scorer = OnnxScorer(tiny(), threads=1, waiting=2)
    answers = await asyncio.gather(*(scorer.score(f"article {n}", "en") for n in range(5)), return_exceptions=True)
    assert [isinstance(answer, ScorerUnavailable) for answer in answers] == [False, False, True, True, True]
    assert await scorer.score("and one later", "en")


def test_only_so_many_texts_are_remembered_and_the_oldest_goes():
    recent = Recent(2)
    for text in ("a", "b"):
        recent.put(text, [0.5])
    assert recent.get("a")
    recent.put("c", [0.5])
    assert (recent.get("a"), recent.get("b"), recent.get("c")) == ([0.5], None, [0.5])


@given(st.text(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_text_gets_probabilities(tiny, text):
    scorer = OnnxScorer(tiny(), threads=1)
    found = scorer.probabilities([text])
    assert np.isfinite(found).all()
    assert ((found >= 0) & (found <= 1)).all()


@pytest.mark.parametrize("text", ["", " \n ", "\ud83d", "a" * 20_480, "you " * 5000], ids=lambda text: text[:6] or "''")
async def test_extreme_texts_are_scored(tiny, text):
    assert await OnnxScorer(tiny(), threads=1).score(text, "en")


@pytest.mark.parametrize("missing", ["model.onnx", "tokenizer.json"])
def test_a_missing_file_is_told_by_its_name(tiny, missing):
    folder = tiny()
    (folder / missing).unlink()
    with pytest.raises(ScorerUnavailable, match=missing):
        OnnxScorer(folder, threads=1)


@pytest.mark.parametrize("labels", [["toxicity", "rude"], ["insult"]])
def test_a_file_with_other_labels_is_refused(tiny, labels):
    folder = tiny(labels=labels, scale=[1.0] * len(labels), shift=[0.0] * len(labels))
    with pytest.raises(ScorerUnavailable, match="wrong labels"):
        OnnxScorer(folder, threads=1)


def test_a_file_without_our_card_is_refused(tiny):
    with pytest.raises(ScorerUnavailable, match="another shape"):
        OnnxScorer(tiny(scale=[1.0]), threads=1)


def test_an_exported_model_is_chosen_by_its_name_and_a_missing_one_told(tiny, tmp_path):
    folder = tmp_path / "models" / "onnx" / "mine"
    folder.parent.mkdir(parents=True)
    tiny().rename(folder)
    assert choose("onnx:mine", tmp_path).name == "tiny"
    with pytest.raises(ScorerUnavailable, match="models export"):
        choose("onnx:other", tmp_path)


def test_the_serving_process_needs_no_torch(tiny):
    program = (
        "import sys; from pathlib import Path; from moderation.scorers.onnx import OnnxScorer; "
        "OnnxScorer(Path(sys.argv[1]), threads=1).probabilities(['x']); "
        "sys.exit(bool({'torch', 'transformers', 'onnx'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program, str(tiny())], check=False).returncode == 0
