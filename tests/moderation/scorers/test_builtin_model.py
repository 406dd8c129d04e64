import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moderation import LABELS, LanguageNotJudged, Policy, ScorerUnavailable
from moderation.scorers import MODEL, Builtin
from moderation.scorers.explain import words

ANY = st.characters(exclude_categories=()) | st.sampled_from("\ud83d\udc00\u200b\u0301 .")
CONFIG = Path(__file__).parents[3] / "config"
LINE = Policy.load(CONFIG / "policy.toml", CONFIG / "wordlists").hold_at["toxicity"]


@pytest.fixture(scope="module")
def model() -> Builtin:
    return Builtin.load()


def toxicity(model: Builtin, text: str) -> float:
    return float(model.probabilities([text])[0, 0])


@pytest.mark.parametrize(
    "report",
    [
        "A missile hit the hospital and killed at least twelve people.",
        "The army said it had shot down a drone before the attack.",
        "Sanctions will hurt ordinary people more than the regime.",
        "My grandmother survived the genocide and never spoke of it.",
        "The court found him guilty of murder and rape.",
        "The opposition attacked the budget, and nobody was surprised.",
        "My neighbour is a Muslim and a very good doctor.",
        "I am gay and I support this law.",
        "Great article, thank you for the clear explanation!",
    ],
)
def test_news_about_violence_and_people_is_not_toxic(model, report):
    assert toxicity(model, report) < LINE


@pytest.mark.parametrize(
    "abuse",
    [
        "You are an idiot.",
        "Shut up, you stupid cow.",
        "Trump is a moron and his voters are worse.",
        "All Muslims are terrorists.",
        "Kill all of them.",
        "This is bullshit, you fucking liar.",
    ],
)
@pytest.mark.parametrize("disguise", [lambda text: text, lambda text: text.translate(str.maketrans("ioe", "10\u0435"))])
def test_abuse_reaches_the_line_also_in_disguise(model, abuse, disguise):
    assert toxicity(model, disguise(abuse)) >= LINE


def test_padding_does_not_hide_an_insult(model):
    padding = "The committee met on Tuesday to discuss the new timetable for the buses. " * 20
    assert toxicity(model, padding) < LINE
    assert toxicity(model, f"{padding} You are a stupid idiot. {padding}") >= LINE


async def test_only_the_trained_language_is_judged(model):
    scores = await model.score("You are an idiot.", "en")
    assert (list(scores.values), scores.language, scores.scorer) == (list(LABELS), "en", "linear")
    for language in ("de", None):
        with pytest.raises(LanguageNotJudged):
            await model.score("Du bist ein Idiot.", language)


@settings(deadline=None, max_examples=100)
@given(st.text(ANY, max_size=300))
def test_every_text_gets_probabilities(model, text):
    scores = model.probabilities([text])
    assert scores.shape == (1, len(LABELS))
    assert ((scores >= 0) & (scores <= 1)).all()


def test_a_score_does_not_depend_on_the_texts_beside_it(model):
    texts = ["You are an idiot.", "Thank you.", "", "word " * 200]
    together = model.probabilities(texts)
    alone = np.concatenate([model.probabilities([text]) for text in texts])
    assert np.allclose(together, alone, atol=1e-6)


def test_the_words_that_drive_a_score_are_found(model):
    text = "Well, you are an idiot, my friend."
    strongest = max(words(model, text), key=lambda weight: weight.fall)
    assert text[strongest.span.begin : strongest.span.end] == "idiot,"


def test_the_model_is_small_enough_to_ship_and_its_figures_lie_beside_it():
    assert MODEL.stat().st_size < 8_000_000
    assert json.loads(MODEL.with_suffix(".json").read_text(encoding="utf-8"))["auc"] > 0.9


def with_changes(path: Path, **changes: object) -> Path:
    with np.load(MODEL, allow_pickle=False) as file:
        values = {key: file[key] for key in file.files}
    kept = {key: value for key, value in (values | changes).items() if value is not None}
    np.savez(path, **kept)
    return path


@pytest.mark.parametrize(
    "changes",
    [
        {"weights": None},
        {"weights": np.zeros((8, 7), np.int8)},
        {"labels": np.array(LABELS[::-1])},
        {"bias": np.array([object()] * 7)},
    ],
)
def test_a_file_that_is_no_model_of_ours_is_refused(tmp_path, changes):
    with pytest.raises(ScorerUnavailable, match="Train it again"):
        Builtin.load(with_changes(tmp_path / "other.npz", **changes))


def test_a_broken_or_missing_file_is_refused(tmp_path):
    cut = tmp_path / "cut.npz"
    shutil.copy(MODEL, cut)
    cut.write_bytes(cut.read_bytes()[:1000])
    for path in (cut, tmp_path / "missing.npz"):
        with pytest.raises(ScorerUnavailable):
            Builtin.load(path)
