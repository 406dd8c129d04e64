"""How much may go where: token buckets that all processes share."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from redis.asyncio import Redis

from bots.newsroom.clock import Clock
from bots.newsroom.delivery.posts import Delivery, Lane
from bots.newsroom.messages import Destination, Platform, Room
from bots.storage.codec import to_ms
from bots.storage.keys import ND, Family, key
from bots.storage.lua import Script
from bots.storage.retention import keep_ms


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` at once, then `per_second`: in any stretch of t seconds at most burst + t * per_second."""

    burst: int
    per_second: float


@dataclass(frozen=True, slots=True)
class PlatformRates:
    whole: Rate
    room: Rate
    reader: Rate


@dataclass(frozen=True, slots=True)
class Rates:
    """What the platforms allow.

    Telegram: about 30 messages a second in all, 1 a second in one chat (short bursts tolerated), 20 a minute in one
    group, edits counted too (core.telegram.org/bots/faq, "My bot is hitting limits"). A burst of 8 and 12 a minute
    after it stays within 20 in every minute. Discord: 50 requests a second, 5 in 5 seconds a channel, as its headers
    say today (docs.discord.com, "Rate Limits").
    """

    telegram: PlatformRates = field(
        default_factory=lambda: PlatformRates(whole=Rate(30, 30), room=Rate(8, 0.2), reader=Rate(3, 1))
    )
    discord: PlatformRates = field(
        default_factory=lambda: PlatformRates(whole=Rate(50, 50), room=Rate(5, 1), reader=Rate(5, 1))
    )
    refresh_needs: int = 5
    """A refresh goes only when so many tokens are there: the rest is for what is new."""

    def of(self, platform: Platform) -> PlatformRates:
        return self.telegram if platform is Platform.TELEGRAM else self.discord


class RedisBudgets:
    def __init__(self, client: Redis, clock: Clock, rates: Rates) -> None:
        self._client = client
        self._clock = clock
        self._rates = rates
        self._take = Script(client, "budget_take")

    async def take(self, delivery: Delivery) -> timedelta:
        destination = delivery.post.destination
        needed = self._rates.refresh_needs if delivery.post.lane is Lane.REFRESH else 1
        holds = _holds(destination)
        buckets = self._buckets(delivery)
        limits = [number for _, rate in buckets for number in (rate.burst, rate.per_second / 1000)]
        wait = await self._take(
            [*holds, *(name for name, _ in buckets)],
            to_ms(self._clock()),
            len(holds),
            needed,
            keep_ms(Family.BUCKET),
            *limits,
        )
        return timedelta(milliseconds=int(wait))

    async def hold(self, destination: Destination, after: timedelta, *, whole_platform: bool) -> None:
        whole, place = _holds(destination)
        wait = min(max(after // timedelta(milliseconds=1), 1), keep_ms(Family.HOLD))
        until = to_ms(self._clock()) + wait
        await self._client.set(whole if whole_platform else place, until, px=wait)

    def _buckets(self, delivery: Delivery) -> Sequence[tuple[str, Rate]]:
        destination = delivery.post.destination
        rates = self._rates.of(destination.platform)
        private = destination.room in {Room.PRIVATE, Room.ANSWER}
        return (
            (key(ND, Family.BUCKET, destination.platform), rates.whole),
            (key(ND, Family.BUCKET, *_chat(delivery)), rates.reader if private else rates.room),
        )


def _holds(destination: Destination) -> tuple[str, str]:
    """Where it is written that the whole platform, or the one place, is on hold."""
    whole = key(ND, Family.HOLD, destination.platform)
    return whole, key(ND, Family.HOLD, destination.platform, destination.room, destination.address)


def _chat(delivery: Delivery) -> tuple[str, ...]:
    """All threads of Telegram are one chat, the discussion group; on Discord each thread is a channel of its own."""
    destination = delivery.post.destination
    if destination.room is Room.STORY and destination.platform is Platform.DISCORD:
        return (destination.platform, destination.room, delivery.post.thread_of)
    return (destination.platform, destination.room, destination.address)
