"""The scorers that can stand behind the port, and how one is chosen by name."""

from pathlib import Path

from moderation.ports import Scorer, ScorerUnavailable
from moderation.scorers.builtin import MODEL, Builtin
from moderation.scorers.detoxify import DetoxifyScorer, is_installed
from moderation.scorers.remote import Remote

__all__ = ["MODEL", "Builtin", "DetoxifyScorer", "Remote", "choose", "detoxify_folder", "is_installed"]

NAMES = ("auto", "builtin", "detoxify")


def choose(name: str, data: Path) -> Scorer:
    """The scorer of that name: `builtin`, `detoxify`, or `auto`, which is Detoxify when installed with its weights.

    `data` is the data directory, whose models/detoxify holds the weights. Raises ScorerUnavailable.
    """
    folder = detoxify_folder(data)
    if name == "detoxify" or (name == "auto" and is_installed(folder)):
        return DetoxifyScorer(folder)
    if name in ("auto", "builtin"):
        return Builtin.load()
    raise ScorerUnavailable(f"There is no scorer {name!r}. Choose one of {', '.join(NAMES)}.")


def detoxify_folder(data: Path) -> Path:
    return data / "models" / "detoxify"
