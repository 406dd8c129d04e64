"""The newsroom that `up` runs in a data directory, and the settings of a command that is given beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bots.storage import pidfile
from config import Settings, in_sandbox, load


@dataclass(frozen=True)
class Running:
    """What a running `up` tells: its page's address, the store's, and the settings that it chose."""

    pid: int
    address: str
    redis_url: str
    environ: Mapping[str, str]


def file_of(data: Path) -> Path:
    return data / "run" / "up.json"


def find_running(data: Path) -> Running | None:
    """What runs in the data directory; None when `up` is not there any more."""
    content = pidfile.read(file_of(data))
    if content is None or "address" not in content:
        return None
    return Running(content["pid"], content["address"], content["redis_url"], content["environ"])


def load_for_command(environ: Mapping[str, str], data: Path | None = None) -> Settings:
    """The settings of a command: its own, and where a newsroom runs, that one's store, ports and sandbox.

    `data` is what --data said. Raises SettingsError.
    """
    if data is not None:
        environ = {**environ, "NEWSDESK_DATA": str(data.absolute())}
    settings = load(environ, dotenv=True)
    running = find_running(settings.data)
    if running is None:
        return settings
    environ = in_sandbox(environ, running.environ) if "NEWSDESK_SANDBOX_URL" in running.environ else environ
    return load({"REDIS_URL": running.redis_url, **environ, **running.environ}, dotenv=True)
