"""Serves the page on the loopback until the process is told to stop."""

import asyncio
import contextlib
import socket
from collections.abc import Iterator

import uvicorn
from starlette.applications import Starlette

from bots.bootstrap.newsroom import Newsroom
from bots.bootstrap.process import GiveUp
from bots.bootstrap.sandbox import open_sandbox_client
from bots.web.app import Parts, create_app
from bots.web.opening import tell_first_story

LOOPBACK = "127.0.0.1"
_DRAIN_S = 2  # answers in hand; whoever ends the process waits five
_KEEP_ALIVE_S = 30


async def serve(newsroom: Newsroom, stop: asyncio.Event) -> None:
    """Raises GiveUp when somebody else has the port."""
    with _listen(newsroom.settings.port) as listener:
        async with open_sandbox_client(newsroom.settings) as sandbox, asyncio.TaskGroup() as tasks:
            if sandbox is not None:
                tasks.create_task(tell_first_story(newsroom, sandbox, stop))
            tasks.create_task(_answer(create_app(Parts(newsroom, sandbox, stop)), listener, stop))


async def _answer(app: Starlette, listener: socket.socket, stop: asyncio.Event) -> None:
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=_DRAIN_S,
        timeout_keep_alive=_KEEP_ALIVE_S,
        server_header=False,
        lifespan="off",
    )
    server = _Server(config)
    stopping = asyncio.create_task(stop.wait())
    stopping.add_done_callback(lambda _: server.stop())
    try:
        await server.serve(sockets=[listener])
    finally:
        stopping.cancel()


class _Server(uvicorn.Server):
    """Leaves signals to the process, which drains more than this server."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    def stop(self) -> None:
        self.should_exit = True


def _listen(port: int) -> socket.socket:
    try:
        listener = socket.create_server((LOOPBACK, port))
    except OSError as error:
        raise GiveUp(
            f"Port {port} cannot be had ({error.strerror}). End what listens there, or set NEWSDESK_PORT."
        ) from error
    # asyncio sets it only on sockets that it made itself; without it an answer's second half can wait 40 ms
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener
