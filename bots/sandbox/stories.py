"""Which stories were told in this sandbox, and what its readers have done there by themselves."""

import json
from pathlib import Path

from bots.storage.pidfile import write_private


class Stories:
    """Kept in a file, so that a restart begins nothing anew."""

    def __init__(self, file: Path) -> None:
        self._file = file
        kept = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        self.told: dict[str, str] = kept.get("told", {})
        self.played: list[str] = kept.get("played", [])

    def tell(self, which: str, alert: str) -> None:
        self.told[which] = alert
        self._save()

    def has_played(self, step: str) -> None:
        self.played.append(step)
        self._save()

    def _save(self) -> None:
        write_private(self._file, {"told": self.told, "played": self.played})
