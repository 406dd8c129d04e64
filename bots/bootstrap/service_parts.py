"""What of the moderation service lives in the newsroom's store: keys, labels, and the history for Coral's phase."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bots.newsroom.clock import utc_now
from bots.storage.locate import locate
from bots.storage.service_stores import ServiceStores, open_service_stores
from config import Settings
from moderation import Pipeline
from moderation.service import Coral, Parts


class NoKeys(Exception):
    """Nobody could ask the service. The message says what to do."""


def check(settings: Settings, *, keyed: bool) -> None:
    """Raises NoKeys, StoreNotRunning, VolatileStore or StoreTooOld."""
    asyncio.run(_check(settings, keyed=keyed))


def parts(settings: Settings, pipeline: Pipeline, *, keyed: bool) -> Parts:
    """What the settings ask for; Coral's comments are judged by the pipeline."""
    stores = ServiceStores.at(locate(settings), utc_now)
    coral = None
    if settings.coral_secret is not None:
        coral = Coral(settings.coral_secret.get_secret_value(), pipeline, utc_now, stores.history)
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
