"""Every store, made at once from the two clients."""

from dataclasses import dataclass

from redis.asyncio import Redis

from bots.newsroom.clock import Clock
from bots.storage.alerts import RedisAlerts
from bots.storage.budgets import Rates, RedisBudgets
from bots.storage.comments import RedisComments
from bots.storage.copies import RedisCopies
from bots.storage.drafts import RedisDrafts
from bots.storage.events import RedisEvents
from bots.storage.heartbeats import RedisHeartbeats
from bots.storage.housekeeping import Housekeeping
from bots.storage.outbox import RedisOutbox
from bots.storage.polls import RedisPolls
from bots.storage.post_scripts import PostScripts
from bots.storage.posts import RedisPosts
from bots.storage.queue import RedisQueue
from bots.storage.readers import RedisReaders
from bots.storage.registrations import RedisRegistrations
from bots.storage.stories import RedisStories
from bots.storage.updates import RedisUpdates


@dataclass(frozen=True)
class Stores:
    """One of each; nothing is kept in them, so any number may be open at once."""

    stories: RedisStories
    alerts: RedisAlerts
    polls: RedisPolls
    comments: RedisComments
    queue: RedisQueue
    posts: RedisPosts
    outbox: RedisOutbox
    budgets: RedisBudgets
    readers: RedisReaders
    drafts: RedisDrafts
    events: RedisEvents
    updates: RedisUpdates
    copies: RedisCopies
    heartbeats: RedisHeartbeats
    registrations: RedisRegistrations
    housekeeping: Housekeeping


def open_stores(client: Redis, blocking_client: Redis, clock: Clock, rates: Rates | None = None) -> Stores:
    """`blocking_client` waits for new entries of streams: its socket must wait longer than the longest block."""
    scripts = PostScripts(client, clock)
    return Stores(
        stories=RedisStories(client),
        alerts=RedisAlerts(client),
        polls=RedisPolls(client),
        comments=RedisComments(client, blocking_client, clock),
        queue=RedisQueue(client),
        posts=RedisPosts(client, scripts),
        outbox=RedisOutbox(client, scripts),
        budgets=RedisBudgets(client, clock, rates or Rates()),
        readers=RedisReaders(client),
        drafts=RedisDrafts(client),
        events=RedisEvents(client, blocking_client),
        updates=RedisUpdates(client, blocking_client, clock),
        copies=RedisCopies(client),
        heartbeats=RedisHeartbeats(client, clock),
        registrations=RedisRegistrations(client),
        housekeeping=Housekeeping(client, clock),
    )
