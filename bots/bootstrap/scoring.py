"""Puts moderation together from settings: the scorer, the pipeline around it, and the service in front of it."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import httpx2

from config import PROJECT, Settings
from moderation import Pipeline, Policy, Scorer, house_rules
from moderation.scorers import MODEL, Builtin, Remote, choose, detoxify_folder, is_installed
from moderation.scorers.explain import Weight, words

_TIME_LIMIT = 5.0  # seconds; a scorer that takes longer leaves the comment to a person
_CONNECT = 1.0


def policy(settings: Settings, directory: Path = PROJECT) -> Policy:
    """The policy in force; the settings may shorten comments further. Raises PolicyError."""
    folder = directory / "config"
    found = Policy.load(folder / "policy.toml", folder / "wordlists")
    return replace(found, max_length=min(found.max_length, settings.comments.max_length))


@asynccontextmanager
async def open_scorer(settings: Settings, name: str | None = None) -> AsyncIterator[Scorer]:
    """The scorer of that name, or of the settings; an address is asked over HTTP. Raises ScorerUnavailable."""
    wanted = name or settings.scorer
    if not wanted.startswith(("http://", "https://")):
        yield choose(wanted, settings.data)
        return
    timeout = httpx2.Timeout(_TIME_LIMIT, connect=_CONNECT)
    headers = _key_headers(settings, wanted)
    # trust_env: texts go there and nowhere else
    async with httpx2.AsyncClient(timeout=timeout, headers=headers, trust_env=False) as client:
        yield Remote(wanted, client)


def _key_headers(settings: Settings, url: str) -> dict[str, str]:
    """The key goes to the newsroom's own service alone."""
    if settings.moderation_key is None or url != settings.moderation_url:
        return {}
    return {"x-goog-api-key": settings.moderation_key.get_secret_value()}


def pipeline(settings: Settings, scorer: Scorer) -> Pipeline:
    """The house rules in force around a scorer. Raises PolicyError."""
    return Pipeline(house_rules(policy(settings), scorer), scorer, time_limit=_TIME_LIMIT)


@asynccontextmanager
async def remote_judge(settings: Settings) -> AsyncIterator[Pipeline]:
    """What reviewers use: the rules here, the scores from the one process that holds the model."""
    async with open_scorer(settings, settings.moderation_url) as scorer:
        yield pipeline(settings, scorer)


def weights(text: str) -> list[Weight]:
    """What each word does to the built-in model's toxicity."""
    return words(Builtin.load(), text)


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
    return _builtin_entry(), _detoxify_entry(detoxify_folder(settings.data))


def _builtin_entry() -> ScorerEntry:
    model = Builtin.load()
    figures = json.loads(MODEL.with_suffix(".json").read_text(encoding="utf-8"))
    told = (
        f"AUC {figures['auc']:.2f}; at {figures['mark']:.2f} {figures['recall']:.0%} of toxic comments held, "
        f"and {figures['false_alarms']:.1%} of the others"
    )
    return ScorerEntry("builtin", "ready", ", ".join(sorted(model.languages)), _size(MODEL), told)


def _detoxify_entry(folder: Path) -> ScorerEntry:
    if is_installed(folder):
        size = _size(next(folder.glob("*.ckpt")))
        return ScorerEntry("detoxify", "ready", "by its checkpoint", size, "see the publisher's model card")
    missing = f'needs pip install "newsdesk[detoxify]" and its weights in {folder}'
    return ScorerEntry("detoxify", missing, "", "", "")


def _size(path: Path) -> str:
    return f"{path.stat().st_size / 1e6:.1f} MB"
