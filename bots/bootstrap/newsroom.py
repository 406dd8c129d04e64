"""Puts the newsroom together from settings. Processes, commands and tests all come through here."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bots.newsroom.alerts.service import Alerts
from bots.newsroom.clock import Clock, utc_now
from bots.newsroom.comments.service import Comments
from bots.newsroom.messages import Platform
from bots.newsroom.polls.service import Polls
from bots.newsroom.projection.planner import Sources
from bots.newsroom.staff import Role, Staff, StaffMember
from bots.storage.client import connect, require_durable
from bots.storage.locate import locate
from bots.storage.stores import Stores, open_stores
from config import Settings, StaffEntry

LONGEST_BLOCK_S = 1.0
"""The longest a read of a stream waits for something new."""


@dataclass(frozen=True)
class Newsroom:
    settings: Settings
    clock: Clock
    stores: Stores
    alerts: Alerts
    polls: Polls
    comments: Comments
    staff: Staff

    @property
    def sources(self) -> Sources:
        stores = self.stores
        return Sources(stores.stories, stores.alerts, stores.polls, stores.comments, stores.queue, stores.readers)


@asynccontextmanager
async def open_newsroom(settings: Settings, clock: Clock = utc_now) -> AsyncIterator[Newsroom]:
    """The newsroom on the store that the settings name or that runs in the data directory.

    Raises StoreNotRunning, VolatileStore or StoreTooOld with what to do, and redis' errors when it does not answer.
    """
    url = locate(settings)
    client, blocking = connect(url), connect(url, block=LONGEST_BLOCK_S)
    try:
        await require_durable(client, allow_volatile=settings.allow_volatile)
        yield compose(settings, open_stores(client, blocking, clock), clock)
    finally:
        await client.aclose()
        await blocking.aclose()


def compose(settings: Settings, stores: Stores, clock: Clock) -> Newsroom:
    return Newsroom(
        settings=settings,
        clock=clock,
        stores=stores,
        alerts=Alerts(stores.alerts, clock),
        polls=Polls(stores.polls, clock),
        comments=Comments(stores.comments, stores.queue, clock),
        staff=Staff([_member(entry) for entry in settings.staff]),
    )


def _member(entry: StaffEntry) -> StaffMember:
    ids = ((Platform.TELEGRAM, entry.telegram), (Platform.DISCORD, entry.discord))
    accounts = tuple((platform, str(account)) for platform, account in ids if account is not None)
    return StaffMember(entry.name, Role(entry.role), accounts)
