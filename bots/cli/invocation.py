"""What every command is given: the environment and the data directory, for settings that are read when needed."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import typer

from config import Settings


@dataclass(frozen=True)
class Invocation:
    environ: Mapping[str, str]
    data: Path | None = None

    def settings(self) -> Settings:
        """The settings, a running sandbox's included. Raises SettingsError."""
        from bots.bootstrap.running import load_for_command  # noqa: PLC0415  # --help stays quick

        return load_for_command(self.environ, self.data)


def invocation(context: typer.Context) -> Invocation:
    """What this command line was given."""
    found = context.find_object(Invocation)
    if found is None:
        raise RuntimeError("the command runs outside of bots.cli.app, which says what it is given")
    return found
