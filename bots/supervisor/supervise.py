"""Runs a plan: the store, the sandbox, the Procfile's processes, in this order, and ends them in the other."""

import asyncio
import signal
import webbrowser
from collections.abc import Coroutine

from bots.supervisor.child import Child
from bots.supervisor.claim import announce
from bots.supervisor.health import until_healthy
from bots.supervisor.parts import Parts
from bots.supervisor.plan import Plan
from bots.supervisor.terminal import LogTail, Terminal, rotate

WEB_PATIENCE = 60.0  # seconds until the page should answer, on a slow machine's first start
TAIL_EVERY = 0.5  # seconds between two looks into the logs


class Supervisor:
    def __init__(self, plan: Plan, terminal: Terminal, *, open_page: bool) -> None:
        self._plan = plan
        self._terminal = terminal
        self._open_page = open_page
        self._parts = Parts(plan, self._restart_all)
        self._children: list[Child] = []
        self._first: list[Child] = []  # the store, the sandbox: first to come, last to go
        self._tails: dict[str, LogTail] = {}
        self._stop = asyncio.Event()

    async def run(self) -> None:
        """Until SIGTERM or SIGINT. Raises what keeps the store or the sandbox from starting."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            loop.add_signal_handler(number, self._stop.set)
        try:
            await self._unless_stopped(self._start())
            await self._unless_stopped(self._show_page_and_tail_logs())
        finally:
            await self._end()

    async def _unless_stopped(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        stop = asyncio.create_task(self._stop.wait())
        await asyncio.wait({task, stop}, return_when=asyncio.FIRST_COMPLETED)
        stop.cancel()
        if task.done():
            task.result()
        task.cancel()
        await asyncio.wait({task})

    async def _start(self) -> None:
        if self._parts.server is not None:
            await self._start_first(Child("store", self._parts.start_store, self._tell))
        if self._plan.sandbox:
            await self._start_first(Child("sandbox", self._parts.start_sandbox, self._tell))
        announce(self._plan.data, self._plan.address, self._parts.redis_url, self._parts.decided)
        for name, line in self._plan.processes.items():
            self._watch_log(name)
            self._children.append(Child(name, self._parts.process(name, line), self._tell))

    async def _start_first(self, child: Child) -> None:
        self._watch_log(child.name)
        self._first.append(child)
        await child.started()

    async def _show_page_and_tail_logs(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._show_page())
            tasks.create_task(self._tail_logs())

    async def _show_page(self) -> None:
        port = self._plan.settings.port
        if not await until_healthy(port, WEB_PATIENCE):
            self._terminal.complain("web", f"does not answer on port {port}; its log: {self._parts.log_of('web')}")
            return
        self._terminal.show_address(self._plan.address, self._facts())
        if self._open_page:
            webbrowser.open(self._plan.address)

    def _facts(self) -> list[str]:
        off = [f"{name.capitalize()} is off: {name.upper()}_BOT_TOKEN is not set" for name in self._plan.off]
        mode = (
            ["Sandbox: a local Telegram and Discord with a store of their own; nothing real is touched"]
            if self._plan.sandbox
            else []
        )
        return [*mode, *off, f"Data and logs: {self._plan.data}", "Ctrl-C ends everything; nothing is lost"]

    async def _tail_logs(self) -> None:
        while True:
            for name, tail in self._tails.items():
                for line in tail.loud_lines():
                    if name != "store":  # Valkey warns of the kernel's settings
                        self._terminal.complain(name, line)
                tail.cut()
            await asyncio.sleep(TAIL_EVERY)

    async def _end(self) -> None:
        if self._stop.is_set():
            self._terminal.say("newsdesk", "stopping")
        await asyncio.gather(*(child.stop() for child in self._children))
        for child in reversed(self._first):
            await child.stop()

    def _restart_all(self) -> None:
        announce(self._plan.data, self._plan.address, self._parts.redis_url, self._parts.decided)
        for child in self._children:
            child.restart()

    def _watch_log(self, name: str) -> None:
        rotate(self._parts.log_of(name))
        self._tails[name] = LogTail(self._parts.log_of(name))

    def _tell(self, name: str, what: str) -> None:
        for line in self._tails[name].last_words():
            self._terminal.complain(name, line)
        self._terminal.complain(name, what)
