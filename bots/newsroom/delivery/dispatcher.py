"""Makes what is shown agree with what is wanted, step by step, on one platform. Any number may run side by side."""

import asyncio
import itertools
import logging
from collections.abc import Sequence
from datetime import timedelta

from bots.newsroom.clock import Clock
from bots.newsroom.delivery.errors import (
    DeliveryError,
    DestinationGone,
    MessageGone,
    MessageRefused,
    RetryLater,
    Uncertain,
)
from bots.newsroom.delivery.joining import fit_together
from bots.newsroom.delivery.ports import Budgets, Outbox, Sender
from bots.newsroom.delivery.posts import Delivery, Sent
from bots.newsroom.messages import Destination, Platform

LEASE = timedelta(seconds=15)
"""How long a crashed dispatcher's work waits for the next one: longer than a send may take."""
SEND_TIMEOUT_S = 10.0
LONGEST_PAUSE = timedelta(seconds=30)
BATCH = 50

log = logging.getLogger(__name__)


class Dispatcher:
    def __init__(self, platform: Platform, outbox: Outbox, sender: Sender, budgets: Budgets, clock: Clock) -> None:
        self._platform = platform
        self._outbox = outbox
        self._sender = sender
        self._budgets = budgets
        self._clock = clock

    async def run_once(self) -> int:
        """Takes what is due and does it, at most `BATCH` posts, those to one place in order; how many it took."""
        deliveries = await self._outbox.lease(self._platform, BATCH, LEASE)
        places = itertools.groupby(sorted(deliveries, key=_place), key=_place)
        await asyncio.gather(*(self._in_order(list(group)) for _, group in places))
        return len(deliveries)

    async def _in_order(self, deliveries: Sequence[Delivery]) -> None:
        for position, delivery in enumerate(deliveries):
            wait = await self._budgets.take(delivery)
            if wait:
                await self._put_off(deliveries[position:], wait)
                return
            await self._deliver(delivery)

    async def _put_off(self, rest: Sequence[Delivery], wait: timedelta) -> None:
        """The room has no room now. New comments among the rest will go out together."""
        waiting = {delivery.post.ref: delivery.post.message for delivery in rest if _may_be_joined(delivery)}
        joinable = list(waiting)[: fit_together([message for message in waiting.values() if message])]
        if len(joinable) > 1:
            await self._outbox.join(joinable)
        for delivery in rest:
            if len(joinable) < 2 or delivery.post.ref not in joinable:  # noqa: PLR2004 - joining takes two
                await self._outbox.not_sent(delivery.post.ref, "waits for the room's budget", wait)

    async def _deliver(self, delivery: Delivery) -> None:
        """One step, and its outcome recorded. An error outside the family is a defect: log it, look again later."""
        try:
            async with asyncio.timeout(SEND_TIMEOUT_S):
                await self._step(delivery)
        except DeliveryError as error:
            await self._answer(delivery, error)
        except TimeoutError:
            await self._answer(delivery, Uncertain("no answer in time"))
        except Exception as error:
            log.exception("Delivering %s failed in a way nobody foresaw; it is tried again in 30 s.", delivery.post.ref)
            await self._outbox.unknown(delivery.post.ref, repr(error), timedelta(seconds=30))

    async def _step(self, delivery: Delivery) -> None:
        if delivery.sent:
            await self._agree(delivery, delivery.sent)
        elif self._too_late(delivery):
            await self._outbox.expired(delivery.post.ref)
        elif delivery.interrupted:
            await self._resolve(delivery)
        else:
            await self._first(delivery)

    async def _agree(self, delivery: Delivery, sent: Sent) -> None:
        """What is shown is edited, or taken away."""
        post = delivery.post
        if post.message is None:
            await self._sender.delete(delivery)
            await self._outbox.shown(post.ref, post.version, None)
        else:
            await self._sender.edit(delivery)
            await self._outbox.shown(post.ref, post.version, sent)

    async def _resolve(self, delivery: Delivery) -> None:
        """An earlier attempt began and its end is unknown: look before sending again."""
        ref = delivery.post.ref
        try:
            found = await self._sender.find(delivery)
        except RetryLater as error:
            # Nothing was learnt: the earlier attempt is as open as before.
            await self._outbox.unknown(ref, str(error), timedelta(seconds=error.after))
            return
        except Uncertain as error:
            log.warning("%s may or may not have arrived: %s", ref, error)
            await self._outbox.uncertain(ref, str(error))
            return
        if found is None:
            await self._first(delivery)
        else:
            # Which version it shows is not known: 0 makes the wanted one follow as an edit.
            await self._outbox.shown(delivery.post.ref, 0, found)

    async def _first(self, delivery: Delivery) -> None:
        post = delivery.post
        if post.message is None:
            await self._outbox.shown(post.ref, post.version, None)
            return
        if not await self._outbox.sending(delivery):
            return
        sent = await self._sender.send(delivery)
        await self._outbox.shown(post.ref, post.version, sent)

    async def _answer(self, delivery: Delivery, error: DeliveryError) -> None:
        """The one place that decides what follows from an error, for all platforms."""
        ref, reason = delivery.post.ref, str(error) or type(error).__name__
        match error:
            case RetryLater():
                after = timedelta(seconds=error.after)
                if not error.alone:
                    await self._budgets.hold(delivery.post.destination, after, whole_platform=error.whole_platform)
                await self._outbox.not_sent(ref, reason, after)
            case DestinationGone():
                await self._outbox.gone(ref, reason)
            case MessageGone():
                await self._outbox.shown(ref, delivery.post.version, None)
            case MessageRefused():
                log.warning("%s was refused: %s", ref, reason)
                await self._outbox.refused(ref, reason)
            case _:
                await self._after_unknown(delivery, reason)

    async def _after_unknown(self, delivery: Delivery, reason: str) -> None:
        """An edit or delete may simply be repeated; a send is looked for before it is tried again."""
        pause = min(LONGEST_PAUSE, timedelta(seconds=2 ** min(delivery.attempts, 10)))
        await self._outbox.unknown(delivery.post.ref, reason, pause)

    def _too_late(self, delivery: Delivery) -> bool:
        expires = delivery.post.expires_at
        return expires is not None and expires <= self._clock()


def _place(delivery: Delivery) -> tuple[str, str, str]:
    destination: Destination = delivery.post.destination
    thread = delivery.post.thread_of
    return (destination.room, destination.address, thread)


def _may_be_joined(delivery: Delivery) -> bool:
    post = delivery.post
    untouched = delivery.sent is None and not delivery.interrupted
    return post.joinable and untouched and post.message is not None and not post.reply_to
