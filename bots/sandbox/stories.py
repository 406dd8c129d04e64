"""Which stories were told in this sandbox, and what its readers have done there by themselves."""

import json
from pathlib import Path

from bots.sandbox.state_file import Damaged
from bots.storage.pidfile import write_private


class Stories:
    """Kept in a file, so that a restart begins nothing anew. Raises Damaged."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.told: dict[str, str] = {}
        self.played: list[str] = []
        if file.exists():
            self._read()

    def _read(self) -> None:
        try:
            kept = json.loads(self._file.read_text(encoding="utf-8"))
            self.told, self.played = dict(kept["told"]), list(kept["played"])
        except (ValueError, KeyError, TypeError) as error:
            raise Damaged(self._file, error) from error

    def tell(self, which: str, alert: str) -> None:
        self.told[which] = alert
        self._save()

    def has_played(self, step: str) -> None:
        self.played.append(step)
        self._save()

    def _save(self) -> None:
        write_private(self._file, {"told": self.told, "played": self.played})
