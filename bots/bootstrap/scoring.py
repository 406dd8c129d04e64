"""Puts moderation together from settings: the scorer, the pipeline around it, and the service in front of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import httpx2

from config import PROJECT, Settings
from moderation import Pipeline, Policy, Scorer, house_rules
from moderation.scorers import Remote, built_in, choose
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
    return words(built_in(), text)
