"""Runs the service in this process until it is told to stop."""

import os
import socket

import uvicorn
from starlette.applications import Starlette

_DRAIN = 4  # seconds for requests in hand after SIGTERM; whoever supervises waits five
_LONGEST_HEADER = 65_536
_KEEP_ALIVE = 30


class PortTaken(Exception):
    """Somebody listens there already."""


def serve(app: Starlette, host: str, port: int) -> None:
    """Blocks until SIGTERM or SIGINT; requests in hand are answered first. Raises PortTaken."""
    with listen(host, port) as listener:
        config = uvicorn.Config(
            app,
            log_config=None,
            log_level="warning",
            access_log=False,  # an address line can carry a client's key
            timeout_graceful_shutdown=_DRAIN,
            timeout_keep_alive=_KEEP_ALIVE,
            h11_max_incomplete_event_size=_LONGEST_HEADER,
            server_header=False,
        )
        uvicorn.Server(config).run(sockets=[listener])


def listen(host: str, port: int) -> socket.socket:
    """A bound socket; port 0 takes any free one."""
    try:
        listener = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as problem:
        raise PortTaken(
            f"Cannot listen on {host}:{port} ({os.strerror(problem.errno or 0)}). "
            "Stop what runs there, or choose another with --port."
        ) from problem
    # Connections inherit it; asyncio sets it only on sockets that it made itself. Without it the second half of an
    # answer waits for the client's delayed acknowledgement of the first: 40 ms a question.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener
