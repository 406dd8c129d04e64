"""What `models list` shows."""

import json
from dataclasses import dataclass
from pathlib import Path

from config import Settings
from moderation.scorers import ENCODER, MODEL, Builtin, built_in, detoxify_folder, is_installed, onnx_folder


@dataclass(frozen=True, slots=True)
class ScorerEntry:
    """A line of `models list`."""

    name: str
    state: str
    languages: str
    size: str
    figures: str


def scorers(settings: Settings) -> tuple[ScorerEntry, ...]:
    """The scorers that this machine knows of, there or not."""
    encoder, linear = built_in(), Builtin.load()
    return (
        _own_entry(encoder.name, encoder.languages, _weight(ENCODER), ENCODER / "figures.json"),
        _own_entry(linear.name, linear.languages, _size(MODEL), MODEL.with_suffix(".json")),
        _detoxify_entry(detoxify_folder(settings.data)),
        *(_exported_entry(folder) for folder in sorted(onnx_folder(settings.data).glob("*/"))),
    )


def _own_entry(name: str, languages: frozenset[str], size: str, card: Path) -> ScorerEntry:
    figures = json.loads(card.read_text(encoding="utf-8"))
    told = (
        f"AUC {figures['auc']:.2f}; at {figures['mark']:.2f} {figures['recall']:.0%} of toxic comments held, "
        f"and {figures['false_alarms']:.1%} of the others"
    )
    return ScorerEntry(name, "ready", ", ".join(sorted(languages)), size, told)


def _exported_entry(folder: Path) -> ScorerEntry:
    return ScorerEntry(
        f"onnx:{folder.name}", "ready", "those of its original", _weight(folder), "those of its original"
    )


def _detoxify_entry(folder: Path) -> ScorerEntry:
    if is_installed(folder):
        size = _size(next(folder.glob("*.ckpt")))
        return ScorerEntry("detoxify", "ready", "by its checkpoint", size, "see the publisher's model card")
    missing = f'needs pip install "newsdesk[detoxify]" and its weights in {folder}'
    return ScorerEntry("detoxify", missing, "", "", "")


def _size(path: Path) -> str:
    return f"{path.stat().st_size / 1e6:.1f} MB"


def _weight(folder: Path) -> str:
    return f"{sum(path.stat().st_size for path in folder.iterdir()) / 1e6:.1f} MB"
