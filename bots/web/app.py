"""The printed address: pages, health and status for everybody; in the sandbox, the way to its people too."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.templating import Jinja2Templates

from bots.bootstrap.newsroom import Newsroom
from bots.bootstrap.sandbox import SandboxClient
from bots.web.doors import Doors
from bots.web.relay import Relay
from bots.web.status import StoreAway, ping, status

_HERE = Path(__file__).parent
_UNAVAILABLE = 503


@dataclass(frozen=True)
class Parts:
    """What the pages are made from; `sandbox` is None outside of it."""

    newsroom: Newsroom
    sandbox: SandboxClient | None
    stop: asyncio.Event


def create_app(parts: Parts) -> Starlette:
    pages = _Pages(parts)
    routes: list[BaseRoute] = [
        Route("/", pages.sandbox if parts.sandbox else pages.status),
        Route("/status", pages.status),
        Route("/status.json", pages.status_json),
        Route("/healthz", pages.health),
        Mount("/static", StaticFiles(directory=_HERE / "static", check_dir=False)),
    ]
    if parts.sandbox is not None:
        routes += Relay(parts.newsroom, parts.sandbox, parts.stop).routes
    return Starlette(routes=routes, middleware=[Middleware(Doors)])


class _Pages:
    def __init__(self, parts: Parts) -> None:
        self._newsroom = parts.newsroom
        self._in_sandbox = parts.sandbox is not None
        self._templates = Jinja2Templates(directory=_HERE / "templates")  # starlette escapes what is put in

    async def sandbox(self, request: Request) -> Response:
        return self._templates.TemplateResponse(request, "sandbox.html")

    async def status(self, request: Request) -> Response:
        try:
            shown = {"status": await status(self._newsroom), "in_sandbox": self._in_sandbox}
        except StoreAway as away:
            return PlainTextResponse(str(away), status_code=_UNAVAILABLE)
        return self._templates.TemplateResponse(request, "status.html", shown)

    async def status_json(self, _request: Request) -> Response:
        try:
            return JSONResponse(await status(self._newsroom))
        except StoreAway as away:
            return _away(away)

    async def health(self, _request: Request) -> Response:
        """200 when the store answers; else 503 with the reason."""
        try:
            await ping(self._newsroom)
        except StoreAway as away:
            return _away(away)
        return JSONResponse({"status": "ok"})


def _away(away: StoreAway) -> Response:
    return JSONResponse({"status": "store away", "reason": str(away)}, status_code=_UNAVAILABLE)
