"""Faults of a local platform, as data: what goes wrong, for which call, how often."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from aiohttp import web

ANY = "*"


class FaultKind(StrEnum):
    FLOOD = "flood"  # 429 with retry_after
    STATUS = "status"  # any status, in the platform's own error format
    HTML = "html"  # a proxy's page instead of the platform's JSON
    DELAY = "delay"  # the effect and the answer come `seconds` later, also when the client has gone
    HANG = "hang"  # no answer and no effect, until the fault is lifted
    CUT_BEFORE = "cut_before"  # the connection dies, nothing has happened
    CUT_AFTER = "cut_after"  # it has happened, and then the connection dies
    DUPLICATE_UPDATES = "duplicate_updates"  # the next updates are delivered twice
    OUT_OF_ORDER_UPDATES = "out_of_order_updates"  # the next updates are delivered in reverse
    OUTAGE = "outage"  # every call is cut until the fault is lifted, however often


UPDATE_KINDS = frozenset({FaultKind.DUPLICATE_UPDATES, FaultKind.OUT_OF_ORDER_UPDATES})


@dataclass
class Fault:
    """`method` is the platform's name of the call ("sendMessage", "create_message"), or "*" for any."""

    method: str
    kind: str  # a FaultKind, or its plain name
    times: int = 1
    retry_after: float = 1
    status: int = 500
    seconds: float = 0.5

    def __post_init__(self) -> None:
        """Refuse a kind that does not exist (ValueError), so that a typing error cannot pass as a calm day."""
        self.kind = FaultKind(self.kind)


class Faults:
    """The faults still to come. Taking one uses up one of its times."""

    def __init__(self) -> None:
        self._pending: list[Fault] = []
        self._lifted = asyncio.Event()

    def add(self, fault: Fault) -> None:
        self._pending.append(fault)
        self._lifted.clear()

    def lift(self) -> None:
        """End every fault, also the outage and the calls that hang in one."""
        self._pending.clear()
        self._lifted.set()

    def take(self, method: str) -> Fault | None:
        """The fault that meets this call, if any."""
        return self._use(fault for fault in self._pending if fault.kind not in UPDATE_KINDS and _meets(fault, method))

    def take_update_fault(self, kind: FaultKind) -> Fault | None:
        """The fault of this kind that meets the next delivery of updates or events, if any."""
        return self._use(fault for fault in self._pending if fault.kind == kind)

    @property
    def outage(self) -> bool:
        return any(fault.kind == FaultKind.OUTAGE for fault in self._pending)

    def _use(self, candidates: Iterator[Fault]) -> Fault | None:
        fault = next(candidates, None)
        if fault is None or fault.kind == FaultKind.OUTAGE:
            return fault
        fault.times -= 1
        if fault.times <= 0:
            self._pending.remove(fault)
        return fault

    async def before_effect(
        self, fault: Fault, request: web.Request, refuse: Callable[[Fault], web.Response]
    ) -> web.Response | None:
        """Play the part of the fault that comes before the call has its effect.

        `refuse` words FLOOD and STATUS as the platform does. None means: go on, the effect takes place.
        """
        if fault.kind == FaultKind.DELAY:
            await asyncio.sleep(fault.seconds)
            return None
        if fault.kind == FaultKind.HANG:
            await self._lifted.wait()
        if fault.kind in {FaultKind.HANG, FaultKind.CUT_BEFORE, FaultKind.OUTAGE}:
            return cut(request)
        if fault.kind == FaultKind.HTML:
            return proxy_page(fault.status)
        return None if fault.kind == FaultKind.CUT_AFTER else refuse(fault)


def _meets(fault: Fault, method: str) -> bool:
    return fault.kind == FaultKind.OUTAGE or fault.method in {ANY, method}


def cut(request: web.Request) -> web.Response:
    """Break the connection of this request. The response returned is never seen by anyone."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)


def proxy_page(status: int) -> web.Response:
    page = f"<html><head><title>{status}</title></head><body><center><h1>{status}</h1></center>nginx</body></html>"
    return web.Response(status=status, text=page, content_type="text/html")
