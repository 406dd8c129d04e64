"""The scorers that can stand behind the port, and how one is chosen by name."""

import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from moderation.ports import Scorer, ScorerUnavailable
from moderation.scorers.builtin import MODEL, Builtin
from moderation.scorers.detoxify import DetoxifyScorer, is_installed
from moderation.scorers.remote import Remote

if TYPE_CHECKING:
    from moderation.scorers.onnx import OnnxScorer

__all__ = [
    "ENCODER",
    "MODEL",
    "Builtin",
    "DetoxifyScorer",
    "Remote",
    "built_in",
    "choose",
    "detoxify_folder",
    "is_installed",
    "onnx_folder",
]

NAMES = ("auto", "builtin", "linear", "detoxify", "onnx:NAME")
ENCODER = MODEL.parent / "builtin"
"""The folder of the built-in encoder."""
_EXPORTED = "onnx:"


def choose(name: str, data: Path) -> Scorer:
    """The scorer of that name; `auto` is Detoxify when installed with its weights, else the built-in encoder.

    Where onnxruntime has no wheel, `auto` ends with the linear model.

    `data` is the data directory, whose models/detoxify and models/onnx hold what was installed. Raises
    ScorerUnavailable.
    """
    folder = detoxify_folder(data)
    if name == "detoxify" or (name == "auto" and is_installed(folder)):
        return DetoxifyScorer(folder)
    if name == "linear" or (name == "auto" and not can_serve()):
        return Builtin.load()
    if name in ("auto", "builtin"):
        return built_in()
    if name.startswith(_EXPORTED):
        return _served(_exported(name.removeprefix(_EXPORTED), data))
    raise ScorerUnavailable(f"There is no scorer {name!r}. Choose one of {', '.join(NAMES)}.")


def built_in() -> "OnnxScorer":
    """The encoder that comes with Newsdesk. Raises ScorerUnavailable."""
    return _served(ENCODER)


def can_serve() -> bool:
    """Whether encoders can be served on this machine."""
    return find_spec("onnxruntime") is not None


def _served(folder: Path) -> "OnnxScorer":
    if not can_serve():
        raise ScorerUnavailable("onnxruntime is not installed here, and an encoder needs it. Choose the scorer linear.")
    from moderation.scorers.onnx import OnnxScorer  # noqa: PLC0415  # a reviewer, which asks over HTTP, stays small

    return OnnxScorer(folder, threads=os.cpu_count() or 1)


def _exported(name: str, data: Path) -> Path:
    folder = onnx_folder(data) / name
    if folder.parent != onnx_folder(data) or not folder.is_dir():
        raise ScorerUnavailable(f"There is no exported model {name!r}. Make it with ./newsdesk models export {name}.")
    return folder


def detoxify_folder(data: Path) -> Path:
    return data / "models" / "detoxify"


def onnx_folder(data: Path) -> Path:
    """Holds a folder for each model that was exported."""
    return data / "models" / "onnx"
