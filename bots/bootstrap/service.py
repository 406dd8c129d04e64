"""Starts the moderation service: the scorer, and around it what the settings ask for."""

import logging

from bots.bootstrap.scoring import pipeline
from config import Settings
from moderation import Scorer
from moderation.scorers import choose
from moderation.service import Parts, create_app, serve

_log = logging.getLogger(__name__)


def run_service(settings: Settings, host: str, port: int, *, keyed: bool) -> None:
    """The moderation process, until SIGTERM; `keyed` asks every caller for a key.

    A store is needed for keys, labels and Coral's phase alone. Raises ScorerUnavailable, PolicyError, PortTaken,
    NoKeys, and what open_newsroom raises for a store that is not there.
    """
    needs_store = keyed or settings.keep_labels or settings.coral_secret is not None
    scorer, parts = _with_store(settings, keyed=keyed) if needs_store else (_scorer(settings), Parts())
    _log.info("Scoring with %s at http://%s:%s, %s", scorer.name, host, port, "for keys" if keyed else "open")
    serve(create_app(scorer, parts), host, port)


def _with_store(settings: Settings, *, keyed: bool) -> tuple[Scorer, Parts]:
    from bots.bootstrap import service_parts  # noqa: PLC0415  # without a store the service starts 0.2 s sooner

    service_parts.check(settings, keyed=keyed)
    scorer = _scorer(settings)
    return scorer, service_parts.parts(settings, pipeline(settings, scorer), keyed=keyed)


def _scorer(settings: Settings) -> Scorer:
    return choose(settings.scorer, settings.data)
