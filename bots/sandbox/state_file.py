"""The state of a local platform on disk: whole after every change, whatever happens to the process."""

from pathlib import Path
from typing import Generic, TypeVar

from pydantic import TypeAdapter

State = TypeVar("State")
_SHOWN = 200  # characters of a reason; the rest is the state itself


class Damaged(ValueError):
    """A file of the sandbox is not what it wrote. The message names the file and says what to do."""

    def __init__(self, path: Path, error: Exception) -> None:
        reason = " ".join(str(error).split())[:_SHOWN]
        super().__init__(
            f"{path} is damaged ({reason}). To begin with an empty sandbox, "
            f"remove the folders sandbox and sandbox-store in {path.parent.parent}: they belong together."
        )


class StateFile(Generic[State]):
    """Reads and writes one dataclass tree as JSON, with a temporary file and a rename."""

    def __init__(self, path: Path, kind: type[State]) -> None:
        self._path = path
        self._adapter = TypeAdapter(kind)

    def load(self) -> State | None:
        """None when there is no file yet. Raises Damaged when it is not a state of this kind."""
        if not self._path.exists():
            return None
        try:
            return self._adapter.validate_json(self._path.read_bytes())
        except ValueError as error:
            raise Damaged(self._path, error) from error

    def save(self, state: State) -> None:
        """The file on disk is the old state or the new one, never a half: kill -9 at any moment is fine."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_name(self._path.name + ".new")
        fresh.write_bytes(self._adapter.dump_json(state))
        fresh.replace(self._path)
