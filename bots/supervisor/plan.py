"""What `up` is going to run, decided from settings before anything starts."""

import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bots.supervisor.procfile import read_procfile
from config import Settings, in_sandbox, load

PLATFORMS = ("telegram", "discord")
DEFAULT_MODERATION = Settings.model_fields["moderation_url"].default
_LOOPBACK = "127.0.0.1"
_LOCAL = {"NEWSDESK_SANDBOX_URL": f"http://{_LOOPBACK}"}
"""The mark of the sandbox, until it runs and says more."""


class CannotRun(Exception):
    """`up` cannot start here and now. The message says why and what to do."""


@dataclass(frozen=True)
class Options:
    """What was asked for on the command line."""

    data: Path | None = None
    port: int | None = None
    sandbox: bool = False
    allow_volatile: bool = False


@dataclass(frozen=True)
class Plan:
    root: Path
    settings: Settings
    environ: Mapping[str, str]
    """What every process inherits, without what was decided."""
    decided: Mapping[str, str]
    """What `up` decided for them, and tells other commands: folder, ports, the sandbox."""
    processes: Mapping[str, str]
    sandbox: tuple[str, ...] = ()
    off: tuple[str, ...] = ()

    @property
    def data(self) -> Path:
        return self.settings.data

    @property
    def store(self) -> str:
        """The store's folder. The sandbox has one of its own: its stories, ids and numbers mean nothing outside."""
        return "sandbox-store" if self.sandbox else "store"

    @property
    def address(self) -> str:
        return f"http://{_LOOPBACK}:{self.settings.port}"


def data_directory(root: Path, environ: Mapping[str, str], options: Options) -> Path:
    """Where this newsroom keeps its data; needed first, because one that was killed may still hold the ports."""
    return load(in_sandbox({**environ, **_asked(options)}, _LOCAL), root, dotenv=True).data


def make_plan(root: Path, environ: Mapping[str, str], options: Options) -> Plan:
    """Read settings and Procfile, choose ports, and decide between the real platforms and the sandbox.

    Raises SettingsError, ProcfileError, CannotRun.
    """
    asked = {**environ, **_asked(options)}
    sandbox = options.sandbox or not load(asked, root, dotenv=True).platforms
    if sandbox:
        asked = in_sandbox(asked, _LOCAL)
    decided = {**(_LOCAL if sandbox else {}), **_chosen(load(asked, root, dotenv=True))}
    settings = load({**asked, **decided}, root, dotenv=True)
    off = () if sandbox else tuple(name for name in PLATFORMS if name not in settings.platforms)
    return Plan(
        root=root,
        settings=settings,
        environ=asked,
        decided=decided,
        processes=_processes(root, settings, off),
        sandbox=(sys.executable, "-P", "-m", "bots.sandbox", "--data", str(settings.data)) if sandbox else (),
        off=off,
    )


def _processes(root: Path, settings: Settings, off: tuple[str, ...]) -> dict[str, str]:
    """The lines of the Procfile that run here: no platform without a token, no model that another machine serves."""
    elsewhere = () if _is_here(settings.moderation_url) else ("moderation",)
    lines = read_procfile(root / "Procfile")
    return {name: line for name, line in lines.items() if name not in (*off, *elsewhere)}


def _asked(options: Options) -> dict[str, str]:
    given = {
        "NEWSDESK_DATA": options.data and str(options.data.absolute()),
        "NEWSDESK_PORT": options.port and str(options.port),
        "NEWSDESK_ALLOW_VOLATILE": options.allow_volatile and "true",
    }
    return {name: value for name, value in given.items() if value}


def _chosen(settings: Settings) -> dict[str, str]:
    """The data folder as an absolute path, and ports that are free."""
    if not is_free(settings.port):
        raise CannotRun(f"Port {settings.port} is taken. Choose another: ./newsdesk up --port {settings.port + 10}.")
    moderation = settings.moderation_url
    port = urlsplit(moderation).port or 80
    if moderation == DEFAULT_MODERATION and not is_free(port):
        moderation = f"http://{_LOOPBACK}:{free_port()}"
    return {
        "NEWSDESK_DATA": str(settings.data),
        "NEWSDESK_PORT": str(settings.port),
        "NEWSDESK_MODERATION_URL": moderation,
    }


def _is_here(url: str) -> bool:
    return urlsplit(url).hostname in {_LOOPBACK, "localhost", "::1"}


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_LOOPBACK, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_LOOPBACK, 0))
        return int(probe.getsockname()[1])
