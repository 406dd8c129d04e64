"""The parts of sentences in phrases.toml."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

_FILE = Path(__file__).with_name("phrases.toml")
_SAID = tomllib.loads(_FILE.read_text(encoding="utf-8"))

PARTS: Mapping[str, tuple[str, ...]] = {name: tuple(choices) for name, choices in _SAID["parts"].items()}
"""What may stand for {name} in a form; a choice may hold further names."""

FORMS: Mapping[str, tuple[str, ...]] = {name: tuple(forms) for name, forms in _SAID["forms"].items()}

QUOTERS = FORMS["quoters"]
"""Each reports or opposes what somebody said, {quote}."""
