"""From a command line to a running newsroom."""

import asyncio
import sys
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console

from bots.storage.client import StoreError, StoreTooOld, VolatileStore, connect, require_durable
from bots.supervisor.child import FAILURES
from bots.supervisor.claim import claim, end_leftovers
from bots.supervisor.plan import Options, Plan, data_directory, make_plan
from bots.supervisor.procfile import ProcfileError
from bots.supervisor.supervise import Supervisor
from bots.supervisor.terminal import Terminal
from config import PROJECT, SettingsError

_MENDABLE = (*FAILURES, ProcfileError, SettingsError, StoreTooOld, VolatileStore)


def run_up(environ: Mapping[str, str], options: Options, *, open_page: bool, root: Path = PROJECT) -> int:
    """Run until a signal. Returns the exit status; what a person can mend is said on the terminal."""
    terminal = Terminal(Console(highlight=False))
    try:
        data = data_directory(root, environ, options)
        with claim(data):
            for name in end_leftovers(data):
                terminal.say(name, "was left over by a newsroom that was killed; ended")
            plan = make_plan(root, environ, options)
            asyncio.run(_run(plan, terminal, open_page=open_page and _has_screen(environ)))
    except _MENDABLE as error:
        terminal.fail(str(error))
        return 1
    return 0


async def _run(plan: Plan, terminal: Terminal, *, open_page: bool) -> None:
    if plan.settings.redis_url is not None:
        await _check(plan.settings.redis_url, allow_volatile=plan.settings.allow_volatile)
    await Supervisor(plan, terminal, open_page=open_page).run()


async def _check(url: str, *, allow_volatile: bool) -> None:
    """Say at once what is wrong with the Redis, instead of once for each process."""
    client = connect(url)
    try:
        await require_durable(client, allow_volatile=allow_volatile)
    except StoreError as error:
        raise OSError(f"The Redis of REDIS_URL does not answer ({error}). Start it, or mend the address.") from error
    finally:
        await client.aclose()


def _has_screen(environ: Mapping[str, str]) -> bool:
    """Whether a browser would open where a person looks; without one, a text browser would take the terminal."""
    return sys.stdout.isatty() and (sys.platform == "darwin" or bool({"DISPLAY", "WAYLAND_DISPLAY"} & environ.keys()))
