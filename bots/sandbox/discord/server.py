"""The local Discord as one object: REST and gateway on a loopback port, people's actions, and what they see."""

import asyncio
import base64
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from aiohttp import web

from bots.newsroom.clock import Clock, utc_now
from bots.sandbox.discord.api import Api, Recorded
from bots.sandbox.discord.checks import SpecJudge
from bots.sandbox.discord.gateway import Gateway
from bots.sandbox.discord.limits import Limits
from bots.sandbox.discord.presses import Presses, commands_in
from bots.sandbox.discord.setup import AnyId
from bots.sandbox.discord.state import Json, State
from bots.sandbox.discord.view import view
from bots.sandbox.discord.world import World
from bots.sandbox.faults import Fault, FaultKind, Faults
from bots.sandbox.revision import Revision
from bots.sandbox.state_file import StateFile

LOOPBACK = "127.0.0.1"
HARMLESS = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}
MAX_REQUEST = 30 * 1024 * 1024
GATEWAY = "gateway"  # the method name under which faults meet a connection to the gateway


class DiscordServer(Presses):
    """Start it with `await DiscordServer.start()`, end it with `await server.stop()` or leave `async with`."""

    def __init__(self, clock: Clock, state_file: StateFile[State] | None, limits: Limits | None) -> None:
        self._file = state_file
        self._faults = Faults()
        self._revision = Revision()
        self._runner: web.AppRunner | None = None
        state = (state_file.load() if state_file else None) or State()
        self.world = World(state, clock)
        self.changed = self._changed
        self._gateway = Gateway(self.world, self._faults, self._changed)
        self.world.publish = self._gateway.publish
        self._api = Api(self.world, self._faults, self._changed, limits)
        self.port = 0
        self.violations: list[str] = []
        self.self_errors: list[str] = []

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
        """Listen on 127.0.0.1. `specs` is a folder with Discord's published descriptions to check everything against.

        Raises OSError when the port is taken and ValueError when the state file is not one.
        """
        file = StateFile(state_file, State) if state_file else None
        server = cls(clock, file, Limits() if enforce_limits else None)
        if specs is not None:
            judge = SpecJudge(specs, server.violations, server.self_errors)
            server._api.judge = judge
            server._gateway.check = judge.event
        await server._listen(port)
        return server

    async def _listen(self, port: int) -> None:
        app = web.Application(client_max_size=MAX_REQUEST)
        app.router.add_get("/gateway", self._connect)
        app.router.add_get("/gateway/", self._connect)
        app.router.add_get("/attachments/{channel}/{id}/{name}", self._download)
        app.router.add_route("*", "/{path:.*}", self._api.handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, LOOPBACK, port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self.world.files_url = f"http://{LOOPBACK}:{self.port}/attachments"
        self.world.gateway_url = self.gateway_url

    async def stop(self) -> None:
        """Close everything; with a state file the next start goes on from here."""
        self._faults.lift()
        await self._gateway.close()
        if self._runner is not None:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    @property
    def api_base_url(self) -> str:
        """For discord.http.Route.BASE."""
        return f"http://{LOOPBACK}:{self.port}/api/v10"

    @property
    def gateway_url(self) -> str:
        """For discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY."""
        return f"ws://{LOOPBACK}:{self.port}/gateway"

    @property
    def calls(self) -> list[Recorded]:
        """What the bots asked, oldest first; the last 10,000."""
        return list(self._api.calls)

    @property
    def unimplemented(self) -> list[str]:
        """Requests that the local Discord does not know: "GET /path"."""
        return self._api.unimplemented

    @property
    def connected(self) -> set[str]:
        """The tokens of the bots that have a gateway session open right now."""
        return self._gateway.connected

    def fault(self, fault: Fault) -> None:
        """`method` is Discord's name of the operation ("create_message"), or "gateway" for connecting to it."""
        self._faults.add(fault)
        if fault.kind == FaultKind.OUTAGE:
            self._gateway.drop(resumable=True)

    def lift_faults(self) -> None:
        self._faults.lift()

    def drop_gateway(self, *, resumable: bool = True) -> None:
        """Cut all gateway connections. Without `resumable` the sessions are gone too: what comes meanwhile is lost."""
        self._gateway.drop(resumable=resumable)

    def ask_to_reconnect(self) -> None:
        """Send op 7, as Discord does before it restarts a gateway."""
        self._gateway.ask_to_reconnect()

    def view(self, user: AnyId) -> Json:
        """What this person sees, see the package's docstring."""
        return view(self.world, str(user))

    def commands_for(self, user: AnyId, channel: AnyId) -> list[Json]:
        """The commands this person is offered when typing "/" in this place, as Discord describes them."""
        place = self.place(user, channel)
        return [command for _bot, command in commands_in(self, str(user), place)]

    @property
    def revision(self) -> int:
        """Grows with each change."""
        return self._revision.number

    async def wait_for_change(self, revision: int, timeout: float) -> int:  # noqa: ASYNC109 (the page says how long)
        """The revision as soon as it is beyond `revision`, or as it is after `timeout` seconds."""
        return await self._revision.wait_beyond(revision, timeout)

    async def until(self, condition: Callable[[], object], timeout: float = 10) -> None:  # noqa: ASYNC109
        """Wait, change by change, until the condition holds. TimeoutError after `timeout` seconds."""
        async with asyncio.timeout(timeout):
            while not condition():
                await self._revision.wait_beyond(self.revision, 0.05)

    def _changed(self) -> None:
        if self._file is not None:
            self._file.save(self.world.state)
        self._revision.advance()

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        fault = self._faults.take(GATEWAY)
        refused = await self._faults.before_effect(fault, request, _refuse_gateway) if fault else None
        return refused or await self._gateway.serve(request)

    async def _download(self, request: web.Request) -> web.Response:
        held = self.world.messages(request.match_info["channel"]).values()
        for attachment in (it for message in held for it in message.attachments):
            if attachment.id == request.match_info["id"]:
                content = base64.b64decode(attachment.content)
                return web.Response(body=content, content_type=attachment.content_type, headers=HARMLESS)
        raise web.HTTPNotFound


def _refuse_gateway(fault: Fault) -> web.Response:
    return web.Response(status=fault.status)
