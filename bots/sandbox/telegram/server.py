"""The server object: a local Telegram on a loopback port, its world, its people, and what it saw of the bots."""

import base64
from pathlib import Path
from types import TracebackType
from typing import Self

from aiohttp import web

from bots.newsroom.clock import Clock, utc_now
from bots.sandbox.faults import Fault
from bots.sandbox.telegram import updates
from bots.sandbox.telegram.building import Building
from bots.sandbox.telegram.checks import Description
from bots.sandbox.telegram.doors import Doors
from bots.sandbox.telegram.limits import Limits
from bots.sandbox.telegram.platform import BotCall, Platform
from bots.sandbox.telegram.pressing import Pressing
from bots.sandbox.telegram.view import view_of
from bots.sandbox.telegram.world import Json, StoredFile

LOOPBACK = "127.0.0.1"
_MAX_BODY = 50 * 1024 * 1024
_GRACE = 0.5  # what a running call gets at the end; long polls are answered at once


class TelegramServer(Building, Pressing):
    def __init__(self, platform: Platform, doors: Doors) -> None:
        self.platform = platform
        app = web.Application(client_max_size=_MAX_BODY)
        app.router.add_route("*", "/bot{token}/{method}", doors.answer)
        app.router.add_get("/file/bot{token}/{path:.+}", self._file)
        app.router.add_get("/media/{unique_id}", self._media)
        self._runner = web.AppRunner(app, shutdown_timeout=_GRACE)
        self.port = 0

    @classmethod
    async def start(
        cls,
        *,
        port: int = 0,
        state_file: Path | None = None,
        specs: Path | None = None,
        enforce_limits: bool = False,
        clock: Clock = utc_now,
    ) -> Self:
        """Serve on 127.0.0.1, on a free port when `port` is 0.

        `state_file` keeps the world over a restart, `specs` is the folder of the published API description, and
        `enforce_limits` answers 429 as Telegram would to a bot that sends too fast.
        """
        platform = Platform(clock, state_file)
        server = cls(platform, Doors(platform, Description(specs), Limits() if enforce_limits else None))
        await server._listen(port)
        return server

    async def _listen(self, port: int) -> None:
        await self._runner.setup()
        await web.TCPSite(self._runner, LOOPBACK, port).start()
        self.port = self._runner.addresses[0][1]
        self.platform.media_url = f"http://{LOOPBACK}:{self.port}/media/"

    async def stop(self) -> None:
        """End the long polls and hanging calls, and close the port. The state is on disk already."""
        self.platform.faults.lift()
        updates.stop_polls(self.platform)
        await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    @property
    def base_url(self) -> str:
        """For python-telegram-bot's base_url: the token follows it directly."""
        return f"http://{LOOPBACK}:{self.port}/bot"

    @property
    def file_url(self) -> str:
        """For python-telegram-bot's base_file_url."""
        return f"http://{LOOPBACK}:{self.port}/file/bot"

    @property
    def calls(self) -> list[BotCall]:
        return list(self.platform.calls)

    @property
    def violations(self) -> list[str]:
        return self.platform.violations

    @property
    def self_errors(self) -> list[str]:
        return self.platform.self_errors

    @property
    def unimplemented(self) -> list[str]:
        return self.platform.unimplemented

    @property
    def revision(self) -> int:
        return self.platform.revision.number

    async def wait_for_change(self, revision: int, timeout: float) -> int:  # noqa: ASYNC109 (the page says how long)
        """The revision as soon as it is beyond `revision`, or as it is after `timeout` seconds."""
        return await self.platform.revision.wait_beyond(revision, timeout)

    def fault(self, fault: Fault) -> None:
        self.platform.faults.add(fault)

    def lift_faults(self) -> None:
        self.platform.faults.lift()

    def view(self, viewer: str) -> Json:
        """What the person with this id or username sees in their app; see the package's docstring for the shape."""
        return view_of(self.platform, viewer)

    async def _file(self, request: web.Request) -> web.Response:
        known = self.platform.bot_by_token(request.match_info["token"]) is not None
        wanted = request.match_info["path"]
        return _content(next((f for f in self.platform.state.files.values() if known and f.path == wanted), None))

    async def _media(self, request: web.Request) -> web.Response:
        wanted = request.match_info["unique_id"]
        return _content(next((f for f in self.platform.state.files.values() if f.unique_id == wanted), None))


def _content(stored: StoredFile | None) -> web.Response:
    if stored is None or not stored.content:
        raise web.HTTPNotFound
    return web.Response(body=base64.b64decode(stored.content), content_type=stored.content_type)
