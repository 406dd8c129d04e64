"""What a request may cost: its body in size and time, and its turn at the scorer."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.requests import ClientDisconnect, Request

from moderation.service.errors import Refused, overloaded

_READ_TIME = 10.0  # seconds for a request's body to arrive
_SCORE_TIME = 30.0  # seconds from getting a turn to the answer


async def body_of(request: Request, most: int) -> bytes:
    """The body, of at most that many bytes. No turn at the scorer is taken while it arrives. Raises Refused."""
    body = bytearray()
    try:
        async with asyncio.timeout(_READ_TIME):
            async for part in request.stream():
                body += part
                if len(body) > most:
                    raise Refused("Request payload size exceeds the limit.", code=413)
    except (TimeoutError, ClientDisconnect):
        raise Refused("The request did not arrive in time.", code=408, status="DEADLINE_EXCEEDED") from None
    return bytes(body)


class Turns:
    """`at_once` questions are scored at a time and at most `waiting` more wait; the next is refused with 429."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._most = at_once + waiting
        self.taken = 0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Raises Refused."""
        if self.taken >= self._most:
            raise overloaded()
        self.taken += 1
        try:
            async with self._places, asyncio.timeout(_SCORE_TIME):
                yield
        except TimeoutError:
            raise Refused("The scorer took too long.", code=504, status="DEADLINE_EXCEEDED") from None
        finally:
            self.taken -= 1
