"""The real Detoxify library on a small checkpoint that the test makes: random weights, real format."""

import importlib
import importlib.util
import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from moderation import LanguageNotJudged, ScorerUnavailable
from moderation.scorers import DetoxifyScorer, choose

needs_torch = pytest.mark.skipif(
    not all(importlib.util.find_spec(name) for name in ("torch", "detoxify")),
    reason='Detoxify is not installed; to enable: .venv/bin/pip install -c constraints.txt -e ".[detoxify]"',
)
WORDS = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "[MASK]",
    "you",
    "are",
    "an",
    "idiot",
    "good",
    "article",
    "thank",
    ".",
    "!",
    "the",
]
CLASSES = ["toxic", "severe_toxic", "obscene", "threat", "insult", "identity_hate"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A Detoxify checkpoint as released, with its configuration and tokenizer beside it."""
    torch, transformers = importlib.import_module("torch"), importlib.import_module("transformers")
    torch.manual_seed(1)
    (tmp_path / "vocab.txt").write_text("\n".join(WORDS) + "\n")
    config = transformers.BertConfig(
        vocab_size=len(WORDS), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16
    )
    config.save_pretrained(tmp_path)
    transformers.BertTokenizer(str(tmp_path / "vocab.txt"), model_max_length=512).save_pretrained(tmp_path)
    config.num_labels = len(CLASSES)
    model = transformers.BertForSequenceClassification(config)
    model.classifier.weight.data.mul_(50)  # so that different texts get visibly different scores
    save(tmp_path, model.state_dict())
    return tmp_path


def save(folder: Path, state: dict[str, Any], classes: list[str] = CLASSES, **changed: str) -> None:
    names = {"model_name": "BertForSequenceClassification", "tokenizer_name": "BertTokenizer"}
    arguments = {"num_classes": len(classes), "model_type": "bert-base-uncased"} | names | changed
    config = {"arch": {"args": arguments}, "dataset": {"args": {"classes": classes}}}
    importlib.import_module("torch").save({"state_dict": state, "config": config}, folder / "tiny.ckpt")


def state_of(folder: Path) -> dict[str, Any]:
    state: dict[str, Any] = importlib.import_module("torch").load(folder / "tiny.ckpt", weights_only=True)["state_dict"]
    return state


@needs_torch
async def test_a_checkpoint_scores_by_label_names_without_any_network(folder):
    scores = await DetoxifyScorer(folder).score("You are an idiot!", "en")
    assert list(scores.values) == ["toxicity", "severe_toxicity", "obscene", "threat", "insult", "identity_attack"]
    assert all(0 <= value <= 1 for value in scores.values.values())


@needs_torch
def test_the_scores_are_those_of_the_library_itself(folder):
    """Its own loader needs the hub, so its model is put together from the same parts by hand."""
    scorer = DetoxifyScorer(folder)
    kind = importlib.import_module("detoxify").Detoxify
    library = kind.__new__(kind)
    library.model, library.tokenizer = scorer.model, scorer.tokenizer
    library.class_names, library.device = list(scorer.labels), "cpu"
    assert scorer.probabilities("You are an idiot!") == pytest.approx(library.predict("You are an idiot!"), abs=1e-5)


@needs_torch
def test_what_stands_at_the_end_of_a_long_text_counts(folder):
    scorer = DetoxifyScorer(folder)
    padding, insult = "the good article . " * 400, "you are an idiot ! " * 60
    windows = scorer._windows(padding + insult)
    assert all(window["input_ids"].shape[1] <= 512 for window in windows)
    tail = windows[-1]["input_ids"][0].tolist()
    assert WORDS.index("idiot") in tail
    scores = [scorer.model(**window).logits[0].sigmoid()[0].item() for window in windows]
    assert scorer.probabilities(padding + insult)["toxicity"] == pytest.approx(max(scores), abs=1e-5)


@needs_torch
def test_any_text_gets_scores(folder):
    scorer = DetoxifyScorer(folder)
    for text in ("", " ", "\ud83d", "\U0001f600" * 500, "x" * 20_000):
        assert scorer.probabilities(text).keys() >= {"toxicity"}


@needs_torch
async def test_a_language_the_model_was_not_trained_on_is_not_judged(folder):
    with pytest.raises(LanguageNotJudged):
        await DetoxifyScorer(folder).score("Das ist gut.", "de")


@needs_torch
def test_weights_under_other_names_are_refused_instead_of_random(folder):
    save(folder, {f"model.{name}": value for name, value in state_of(folder).items()})
    with pytest.raises(ScorerUnavailable, match="lacks"):
        DetoxifyScorer(folder)


@needs_torch
def test_labels_of_another_kind_are_refused(folder):
    save(folder, state_of(folder), ["happy", "sad", "obscene", "threat", "insult", "identity_hate"])
    with pytest.raises(ScorerUnavailable, match="labels"):
        DetoxifyScorer(folder)


@needs_torch
def test_an_architecture_of_another_kind_is_refused(folder):
    save(folder, state_of(folder), model_name="GPT2Model")
    with pytest.raises(ScorerUnavailable, match="GPT2Model"):
        DetoxifyScorer(folder)


@dataclass
class Trap:
    sprung: Path

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.sprung,)


@needs_torch
def test_a_file_that_needs_unpickling_is_never_loaded(folder):
    trap = Trap(folder / "trap-was-sprung")
    (folder / "tiny.ckpt").write_bytes(pickle.dumps({"state_dict": trap, "config": {}}))
    with pytest.raises(ScorerUnavailable, match="never loaded"):
        DetoxifyScorer(folder)
    assert not trap.sprung.exists()


@needs_torch
def test_missing_tokenizer_files_are_told(folder):
    (folder / "config.json").unlink()
    with pytest.raises(ScorerUnavailable, match=r"config\.json"):
        DetoxifyScorer(folder)


def test_an_empty_folder_is_told_with_what_belongs_there(tmp_path):
    with pytest.raises(ScorerUnavailable, match="holds 0 checkpoints"):
        DetoxifyScorer(tmp_path)


def test_auto_takes_the_built_in_model_where_detoxify_has_no_weights(tmp_path):
    assert choose("auto", tmp_path).name == "builtin"


def test_a_scorer_nobody_knows_is_refused_with_those_that_exist(tmp_path):
    with pytest.raises(ScorerUnavailable, match="auto, builtin, linear, detoxify"):
        choose("oracle", tmp_path)
