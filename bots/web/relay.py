"""The sandbox's control API under our own address, so that its page needs no other; its key never reaches a page."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bots.bootstrap.examples import SECOND, tell, told_in
from bots.bootstrap.newsroom import Newsroom
from bots.bootstrap.sandbox import Answer, SandboxAway, SandboxClient

_LONGEST_BODY = 65_536
_TOO_LARGE, _UNAVAILABLE, _NO_CONTENT = 413, 503, 204
_STATE_QUERY = frozenset({"telegram", "discord", "revision"})
_EMPTY = Answer(_NO_CONTENT, b"")

log = logging.getLogger(__name__)


class Relay:
    def __init__(self, newsroom: Newsroom, sandbox: SandboxClient, stop: asyncio.Event) -> None:
        self._newsroom = newsroom
        self._sandbox = sandbox
        self._stop = stop

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/sandbox/people", self._people),
            Route("/sandbox/state", self._state),
            Route("/sandbox/act", self._act, methods=["POST"]),
            Route("/sandbox/stories", self._stories),
            Route("/sandbox/stories/second", self._second, methods=["POST"]),
        ]

    async def _people(self, _request: Request) -> Response:
        return await _relayed(self._sandbox.get("people"))

    async def _state(self, request: Request) -> Response:
        """Waits for a change for up to 25 s, but not beyond the end of the process, nor for a page that is gone."""
        query = {name: value for name, value in request.query_params.items() if name in _STATE_QUERY}
        return await _relayed(self._unless_over(request, self._sandbox.get("state", query)))

    async def _act(self, request: Request) -> Response:
        body = await _body(request)
        if body is None:
            return _refused("This is too much for one action.", _TOO_LARGE)
        return await _relayed(self._sandbox.post("act", body))

    async def _stories(self, _request: Request) -> Response:
        return await _answered(self._told)

    async def _second(self, _request: Request) -> Response:
        return await _answered(self._tell_second)

    async def _told(self) -> Response:
        _, told = await told_in(self._sandbox)
        return JSONResponse({"ok": True, "stories": told})

    async def _tell_second(self) -> Response:
        return JSONResponse({"ok": True, "alert": await tell(self._newsroom, self._sandbox, SECOND)})

    async def _unless_over(self, request: Request, asking: Awaitable[Answer]) -> Answer:
        answer = asyncio.ensure_future(asking)
        over = (asyncio.ensure_future(self._stop.wait()), asyncio.ensure_future(_gone(request)))
        try:
            await asyncio.wait((answer, *over), return_when=asyncio.FIRST_COMPLETED)
            return answer.result() if answer.done() else _EMPTY
        finally:
            for waiting in (answer, *over):
                waiting.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _relayed(asking: Awaitable[Answer]) -> Response:
    try:
        answer = await asking
    except SandboxAway as away:
        return _refused(str(away), _UNAVAILABLE)
    media = "application/json" if answer.body else None
    return Response(answer.body, status_code=answer.status, media_type=media)


async def _answered(work: Callable[[], Awaitable[Response]]) -> Response:
    """What can go wrong with a story is told to who pressed the button; it can be pressed again."""
    try:
        return await work()
    except SandboxAway as away:
        return _refused(str(away), _UNAVAILABLE)
    except Exception as error:
        log.exception("A story could not be told.")
        return _refused(f"That does not work just now ({error}). Please try again.", _UNAVAILABLE)


async def _body(request: Request) -> bytes | None:
    """None when it is longer than anything a person does."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > _LONGEST_BODY:
            return None
    return bytes(body)


def _refused(reason: str, status: int) -> Response:
    return JSONResponse({"ok": False, "reason": reason}, status_code=status)
