"""The newsroom's policy, and THE ordered list of phases that follows from it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self

from moderation.decision import LABELS, Outcome
from moderation.phases.kind import Kind
from moderation.phases.language import Language
from moderation.phases.length import Length
from moderation.phases.links import Links
from moderation.phases.repeat import Repeat
from moderation.phases.toxicity import Toxicity
from moderation.phases.words import Words
from moderation.ports import Scorer
from moderation.reading import Phase

_DEFAULT_BANDS = MappingProxyType(dict.fromkeys(LABELS, 0.5))


class PolicyError(Exception):
    """The policy file or a word list cannot be used; the message names the place and the remedy."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What the newsroom allows. `hold_at` maps each label to the score, 0..1, from which a person looks."""

    max_length: int = 1500
    similarity: float = 90.0
    allowed_domains: frozenset[str] = frozenset()
    banned_words: tuple[str, ...] = ()
    suspect_words: tuple[str, ...] = ()
    hold_at: Mapping[str, float] = field(default_factory=lambda: _DEFAULT_BANDS)

    @classmethod
    def load(cls, path: Path, wordlists: Path) -> Self:
        """Reads policy.toml, and banned.txt and suspect.txt in the folder `wordlists`.

        Raises PolicyError naming the key or file that is wrong.
        """
        values = _flat(path)
        return cls(
            max_length=_number(values, "length.max", 1, 100_000, whole=True),
            similarity=_number(values, "repeat.similarity", 50, 100),
            allowed_domains=frozenset(_domains(values)),
            banned_words=read_words(wordlists / "banned.txt"),
            suspect_words=read_words(wordlists / "suspect.txt"),
            hold_at={label: _number(values, f"toxicity.hold_at.{label}", 0, 1) for label in LABELS},
        )


def house_rules(policy: Policy, scorer: Scorer) -> tuple[Phase, ...]:
    """The order in which a moderator reads the findings; every phase always runs."""
    return (
        # What the comment is, and whether it says something new
        Kind(),
        Length(policy.max_length),
        Repeat(policy.similarity),
        # What the newsroom has ruled out by name
        Words("banned words", policy.banned_words, Outcome.REJECT),
        Words("suspect words", policy.suspect_words, Outcome.HOLD),
        Links(policy.allowed_domains),
        # What a machine thinks of it, and whether it can think anything at all; neither ever refuses
        Language(scorer.languages),
        Toxicity(policy.hold_at),
    )


def read_words(path: Path) -> tuple[str, ...]:
    """One entry a line, `#` begins a comment. Raises PolicyError when the file cannot be read or an entry is stars."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        raise PolicyError(
            f"Cannot read the word list {path}: {problem}. Make it UTF-8 text; may be empty."
        ) from problem
    entries = tuple(entry for line in lines if (entry := line.partition("#")[0].strip()))
    bare = [entry for entry in entries if not entry.strip("* ")]
    if bare:
        raise PolicyError(
            f"{path} has an entry without letters, {bare[0]!r}, that would match every comment. Remove it."
        )
    return entries


_KEYS = ("length.max", "repeat.similarity", "links.allowed", *(f"toxicity.hold_at.{label}" for label in LABELS))


def _flat(path: Path) -> dict[str, Any]:
    try:
        values = dict(_leaves(tomllib.loads(path.read_text(encoding="utf-8"))))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise PolicyError(f"Cannot read the policy {path}: {problem}. Restore it from config/policy.toml.") from problem
    unknown = sorted(values.keys() - set(_KEYS))
    missing = [key for key in _KEYS if key not in values]
    if unknown or missing:
        wrong = f"unknown setting {unknown[0]}" if unknown else f"setting {missing[0]} is missing"
        raise PolicyError(f"{path}: {wrong}. It takes exactly: {', '.join(_KEYS)}.")
    return values


def _leaves(table: Mapping[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for key, value in table.items():
        found += _leaves(value, f"{prefix}{key}.") if isinstance(value, dict) else [(prefix + key, value)]
    return found


def _number(values: Mapping[str, Any], key: str, low: float, high: float, *, whole: bool = False) -> Any:
    value = values[key]
    if isinstance(value, bool) or not isinstance(value, int if whole else int | float) or not low <= value <= high:
        raise PolicyError(
            f"{key} is {value!r}; set it to a {'whole ' if whole else ''}number from {low:g} to {high:g}."
        )
    return value


def _domains(values: Mapping[str, Any]) -> list[str]:
    domains = values["links.allowed"]
    if not isinstance(domains, list) or not all(isinstance(domain, str) and "/" not in domain for domain in domains):
        raise PolicyError(f'links.allowed is {domains!r}; set it to a list of bare domains such as "example.org".')
    return [domain.lower().removeprefix("www.") for domain in domains]
