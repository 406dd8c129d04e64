"""A small checkpoint in Detoxify's format, exported by the command and served without its library."""

import importlib
import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from moderation import ScorerUnavailable
from moderation.onnx.check import FEWEST
from moderation.onnx.export import export
from moderation.scorers import ENCODER, DetoxifyScorer, choose

pytestmark = pytest.mark.skipif(
    not all(importlib.util.find_spec(name) for name in ("torch", "detoxify")),
    reason='Detoxify is not installed; to enable: .venv/bin/pip install -c constraints.txt -e ".[detoxify]"',
)
CLASSES = ["toxicity", "severe_toxicity", "obscene", "identity_attack", "insult", "threat", "sexual_explicit"]
TEXTS = [f"{number} people said that you are an idiot" for number in range(FEWEST)]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data directory with a model in models/detoxify; its words are those of the built-in tokenizer."""
    torch, transformers = importlib.import_module("torch"), importlib.import_module("transformers")
    torch.manual_seed(2)
    folder = tmp_path / "models" / "detoxify"
    folder.mkdir(parents=True)
    config = transformers.BertConfig(
        hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=64, num_labels=len(CLASSES)
    )
    config.save_pretrained(folder)
    (folder / "tokenizer.json").write_bytes((ENCODER / "tokenizer.json").read_bytes())
    (folder / "tokenizer_config.json").write_text(json.dumps({"model_max_length": 512}))
    model = transformers.BertForSequenceClassification(config)
    model.classifier.weight.data.mul_(10)  # so that different texts get visibly different scores
    names = {"model_name": "BertForSequenceClassification", "tokenizer_name": "BertTokenizer", "model_type": "bert"}
    saved = {
        "state_dict": model.state_dict(),
        "config": {
            "arch": {"args": {"num_classes": len(CLASSES)} | names},
            "dataset": {"args": {"classes": CLASSES}},
        },
    }
    torch.save(saved, folder / "tiny.ckpt")
    return tmp_path


def test_the_command_exports_and_says_how_far_it_is_from_its_original(data):
    done = subprocess.run(
        [sys.executable, "-m", "bots.cli", "--data", str(data), "models", "export", "detoxify"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "on 500 texts the largest difference is" in done.stdout
    assert "NEWSDESK_SCORER=onnx:detoxify" in done.stdout
    assert choose("onnx:detoxify", data).name == "onnx:detoxify"


async def test_all_digits_say_what_the_library_says_under_the_same_names(data):
    folder = data / "models" / "detoxify"
    export(folder, data / "mine", TEXTS, fp32=True)
    original = DetoxifyScorer(folder)
    (data / "models" / "onnx").mkdir()
    served = choose("onnx:mine", _moved(data))
    for text in ("You are an idiot!", "", "long " * 2000):
        theirs, ours = [(await scorer.score(text, "en")).values for scorer in (original, served)]
        assert list(ours) == list(theirs)
        assert np.allclose(list(ours.values()), list(theirs.values()), atol=1e-4)


def _moved(data: Path) -> Path:
    (data / "mine").rename(data / "models" / "onnx" / "mine")
    return data


def test_a_folder_without_a_checkpoint_is_told_and_nothing_is_installed(data):
    (data / "models" / "detoxify" / "tiny.ckpt").unlink()
    with pytest.raises(ScorerUnavailable, match="holds 0 checkpoints"):
        export(data / "models" / "detoxify", data / "mine", TEXTS)
    assert not (data / "mine").exists()


def test_too_few_texts_to_compare_on_install_nothing(data):
    with pytest.raises(ValueError, match="too few"):
        export(data / "models" / "detoxify", data / "mine", TEXTS[:10])
    assert not (data / "mine").exists()
