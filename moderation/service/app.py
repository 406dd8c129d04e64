"""The scorer as a web service: a drop-in for the Perspective API, Coral's phase, and health for whoever runs it."""

import contextlib
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from moderation.attributes import MAX_BYTES, SCORER_HEADER
from moderation.ports import Keys, Labels, Scorer
from moderation.service import batch, discovery, suggest
from moderation.service.access import Access
from moderation.service.analyze import analyze
from moderation.service.coral import SIGNATURE_HEADER, Coral
from moderation.service.errors import Refused, json_response
from moderation.service.intake import Turns, body_of
from moderation.service.metrics import CONTENT_TYPE, Metrics
from moderation.service.presenting import Presentation
from moderation.service.question import Question

_log = logging.getLogger(__name__)
_WARM_UP = Question("Thank you, this is a good article.", {"TOXICITY": 0.0}, languages=())
_MOST_IN_BATCH = 2_000_000  # bytes of JSON
_INTERNAL = Refused("Internal error encountered.", code=500, status="INTERNAL")

Endpoint = Callable[[Request], Awaitable[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Parts:
    """What the service may have beside its scorer. Without keys it is open to everybody who can reach it."""

    keys: Keys | None = None
    labels: Labels | None = None
    coral: Coral | None = None


def create_app(
    scorer: Scorer,
    parts: Parts | None = None,
    *,
    max_bytes: int = MAX_BYTES,
    at_once: int = 4,
    waiting: int = 256,
) -> Starlette:
    """A Starlette application around one scorer.

    `max_bytes` of UTF-8 is the longest text taken. `at_once` requests are scored at a time and at most `waiting` more
    wait; the next is answered 429. Texts and query strings (a client's key) are never logged.
    """
    service = _Service(scorer, parts or Parts(), max_bytes, Turns(at_once, waiting))
    answers = service.answers
    routes = [
        Route("/v1alpha1/comments:analyze", answers("analyze", service.analyze), methods=["POST"]),
        Route("/v1alpha1/comments:suggestscore", answers("suggestscore", service.suggest), methods=["POST"]),
        Route("/v1/comments:score", answers("score", service.score), methods=["POST"]),
        Route("/$discovery/rest", answers("discovery", service.discovery, keyed=False)),
        Route("/coral/moderation", answers("coral", service.coral, keyed=False), methods=["POST"]),
        Route("/healthz", service.health),
        Route("/readyz", service.ready),
        Route("/metrics", service.metrics),
    ]
    return Starlette(routes=routes, lifespan=service.lifespan)


class _Service:
    def __init__(self, scorer: Scorer, parts: Parts, max_bytes: int, turns: Turns) -> None:
        self._scorer = scorer
        self._parts = parts
        self._access = Access(parts.keys)
        self._max_bytes = max_bytes
        self._most = 6 * max_bytes + 65_536  # what such a text can need in JSON, with room for the other fields
        self._turns = turns
        self._metrics = Metrics()

    @contextlib.asynccontextmanager
    async def lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        """Scores once before the first caller does, so that models and tables are loaded."""
        with contextlib.suppress(Refused):
            await analyze(_WARM_UP, self._scorer)
        yield

    def answers(
        self, method: str, endpoint: Endpoint, *, keyed: bool = True
    ) -> Callable[[Request], Awaitable[Response]]:
        """The endpoint, counted, for those who may ask, with whatever goes wrong in it told in Google's words."""

        async def answer(request: Request) -> Response:
            began = time.monotonic()
            try:
                response = await self._answer(request, endpoint, keyed=keyed)
            except Refused as refused:
                response = refused.response()
            except Exception as problem:  # noqa: BLE001 - a client gets an answer, the log no reader's text
                _log.error("A request (%s) failed with %s", method, type(problem).__name__)
                response = _INTERNAL.response()
            self._metrics.answered(method, response.status_code, time.monotonic() - began)
            return response

        return answer

    async def _answer(self, request: Request, endpoint: Endpoint, *, keyed: bool) -> Response:
        presentation = Presentation.of(request)
        headers = await self._access.take(request) if keyed else {}
        try:
            content = await endpoint(request)
        except Refused as refused:
            refused.headers = {**headers, **refused.headers}
            raise
        return presentation.response(content, headers | {SCORER_HEADER: self._scorer.name})

    async def analyze(self, request: Request) -> Mapping[str, Any]:
        question = Question.parse(await body_of(request, self._most), self._max_bytes)
        async with self._turns.turn():
            return await analyze(question, self._scorer)

    async def suggest(self, request: Request) -> Mapping[str, Any]:
        suggestion, token = suggest.parse(await body_of(request, self._most), self._max_bytes)
        return await suggest.suggest(suggestion, token, self._parts.labels)

    async def score(self, request: Request) -> Mapping[str, Any]:
        """Many at once: each counts as a question, and the first has been counted already."""
        comments = batch.parse(await body_of(request, _MOST_IN_BATCH), self._max_bytes)
        if len(comments) > 1:
            await self._access.take(request, len(comments) - 1)
        return await batch.score(comments, self._scorer, self._turns)

    async def discovery(self, request: Request) -> Mapping[str, Any]:
        if request.query_params.get("version", "v1alpha1") != "v1alpha1":
            raise Refused("There is no such version; ask for v1alpha1.", code=404, status="NOT_FOUND")
        return discovery.document(str(request.base_url))

    async def coral(self, request: Request) -> Mapping[str, Any]:
        coral = self._parts.coral
        if coral is None:
            message = "Coral's phase is off here: set NEWSDESK_CORAL_SECRET to the phase's signing secret."
            raise Refused(message, code=404, status="NOT_FOUND")
        body = await body_of(request, self._most)
        coral.check(body, request.headers.get(SIGNATURE_HEADER, ""))
        return await coral.answer(body, self._turns)

    async def health(self, _request: Request) -> Response:
        """The process answers."""
        return json_response({"status": "ok"})

    async def ready(self, _request: Request) -> Response:
        """The scorer answers, too; 503 with the reason when not."""
        try:
            async with self._turns.turn():
                await analyze(_WARM_UP, self._scorer)
        except Refused as refused:
            return refused.response()
        languages = sorted(self._scorer.languages)
        return json_response({"status": "ready", "scorer": self._scorer.name, "languages": languages})

    async def metrics(self, _request: Request) -> Response:
        return PlainTextResponse(self._metrics.exposition(self._turns.taken), media_type=CONTENT_TYPE)
