"""The scorer as a web service: a drop-in for the Perspective API, and health for whoever runs it."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from moderation.attributes import MAX_BYTES, SCORER_HEADER
from moderation.ports import Scorer
from moderation.service.analyze import analyze
from moderation.service.errors import Refused, json_response, overloaded
from moderation.service.question import Question

_log = logging.getLogger(__name__)
_WARM_UP = Question("Thank you, this is a good article.", {"TOXICITY": 0.0}, languages=())
_READ_TIME = 10.0  # seconds for a request's body to arrive


def create_app(scorer: Scorer, *, max_bytes: int = MAX_BYTES, at_once: int = 4, waiting: int = 256) -> Starlette:
    """A Starlette application around one scorer.

    `max_bytes` of UTF-8 is the longest text taken. `at_once` requests are scored at a time and at most `waiting` more
    wait; the next is answered 429. Texts and query strings (a client's key) are never logged.
    """
    service = _Service(scorer, max_bytes, at_once, waiting)
    routes = [
        Route("/v1alpha1/comments:analyze", service.answers(service.analyze), methods=["POST"]),
        Route("/healthz", service.health),
        Route("/readyz", service.ready),
    ]
    return Starlette(routes=routes, lifespan=service.lifespan)


class _Service:
    def __init__(self, scorer: Scorer, max_bytes: int, at_once: int, waiting: int) -> None:
        self._scorer = scorer
        self._max_bytes = max_bytes
        self._places = asyncio.Semaphore(at_once)
        self._free = at_once + waiting

    @contextlib.asynccontextmanager
    async def lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        """Scores once before the first caller does, so that models and tables are loaded."""
        with contextlib.suppress(Refused):
            await analyze(_WARM_UP, self._scorer)
        yield

    def answers(self, endpoint: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        """The endpoint, with whatever goes wrong in it told in Google's words."""

        async def answer(request: Request) -> Response:
            try:
                return await endpoint(request)
            except Refused as refused:
                return refused.response()
            except Exception as problem:  # noqa: BLE001 - a client gets an answer, the log no reader's text
                _log.error("An analysis failed with %s", type(problem).__name__)
                return Refused("Internal error encountered.", code=500, status="INTERNAL").response()

        return answer

    async def analyze(self, request: Request) -> Response:
        question = Question.parse(await self._body(request), self._max_bytes)
        return json_response(await self._queued(question), headers={SCORER_HEADER: self._scorer.name})

    async def _queued(self, question: Question) -> dict[str, object]:
        if self._free <= 0:
            raise overloaded()
        self._free -= 1
        try:
            async with self._places:
                return await analyze(question, self._scorer)
        finally:
            self._free += 1

    async def _body(self, request: Request) -> bytes:
        """At most what a text of `max_bytes` can need in JSON, with room for the other fields."""
        most = 6 * self._max_bytes + 65_536
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

    async def health(self, _request: Request) -> Response:
        """The process answers."""
        return json_response({"status": "ok"})

    async def ready(self, _request: Request) -> Response:
        """The scorer answers, too; 503 with the reason when not."""
        try:
            await analyze(_WARM_UP, self._scorer)
        except Refused as refused:
            return refused.response()
        languages = sorted(self._scorer.languages)
        return json_response({"status": "ready", "scorer": self._scorer.name, "languages": languages})
