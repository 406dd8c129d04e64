"""Puts the moderation service together: the scorer, and of keys, labels and Coral's phase what the settings ask for."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bots.bootstrap.scoring import pipeline
from bots.newsroom.clock import utc_now
from bots.storage.locate import locate
from bots.storage.service_stores import ServiceStores, open_service_stores
from config import Settings
from moderation import Scorer
from moderation.scorers import choose
from moderation.service import Coral, Parts, create_app, serve

_log = logging.getLogger(__name__)


class NoKeys(Exception):
    """Nobody could ask the service. The message says what to do."""


def run_service(settings: Settings, host: str, port: int, *, keyed: bool) -> None:
    """The moderation process, until SIGTERM; `keyed` asks every caller for a key.

    A store is needed for keys, labels and Coral's phase alone. Raises ScorerUnavailable, PolicyError, PortTaken,
    NoKeys, and what open_newsroom raises for a store that is not there.
    """
    needs_store = keyed or settings.keep_labels or settings.coral_secret is not None
    if needs_store:
        asyncio.run(_check(settings, keyed=keyed))
    scorer = choose(settings.scorer, settings.data)
    stores = ServiceStores.at(locate(settings), utc_now) if needs_store else None
    parts = _parts(settings, scorer, stores, keyed=keyed) if stores else Parts()
    _log.info("Scoring with %s at http://%s:%s, %s", scorer.name, host, port, "for keys" if keyed else "open")
    serve(create_app(scorer, parts), host, port)


def _parts(settings: Settings, scorer: Scorer, stores: ServiceStores, *, keyed: bool) -> Parts:
    coral = None
    if settings.coral_secret is not None:
        secret = settings.coral_secret.get_secret_value()
        coral = Coral(secret, pipeline(settings, scorer), utc_now, stores.history)
    return Parts(stores.keys if keyed else None, stores.labels if settings.keep_labels else None, coral)


async def _check(settings: Settings, *, keyed: bool) -> None:
    async with open_stores_of_service(settings) as stores:
        if keyed and not await stores.keys.listed():
            raise NoKeys("Nobody has a key to this service yet: ./newsdesk moderation keys add NAME prints one.")


@asynccontextmanager
async def open_stores_of_service(settings: Settings) -> AsyncIterator[ServiceStores]:
    """Keys and labels, in the newsroom's store. Raises StoreNotRunning, VolatileStore or StoreTooOld."""
    allowed = settings.allow_volatile
    async with open_service_stores(locate(settings), utc_now, allow_volatile=allowed) as stores:
        yield stores
