"""Values of the newsroom as JSON, and times as milliseconds. Nothing is ever pickled."""

from datetime import UTC, datetime, timedelta
from typing import Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

T = TypeVar("T")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)


class UnreadableValue(Exception):
    """The store holds a value that this version does not know. The message says which and what to do."""


class Codec(Generic[T]):
    """One kind of dataclass to JSON and back; what has its default value is left out."""

    def __init__(self, kind: type[T]) -> None:
        self._name = kind.__name__
        self._adapter = TypeAdapter(kind)

    def dump(self, value: T) -> str:
        return self._adapter.dump_json(value, exclude_defaults=True).decode()

    def load(self, text: str) -> T:
        """Raises UnreadableValue for a field, a word or a shape that is not known here."""
        try:
            return self._adapter.validate_json(text, extra="forbid")
        except ValidationError as error:
            raise UnreadableValue(self._explain(error)) from None

    def _explain(self, error: ValidationError) -> str:
        # without the input: it may be a reader's text
        wrong = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(str(part) for part in wrong["loc"]) or "the whole value"
        return (
            f"A stored {self._name} cannot be read: {place}: {wrong['msg']}. "
            "It was probably written by a newer version: update this one, on every machine."
        )


def to_ms(time: datetime) -> int:
    """Milliseconds since 1970."""
    return (time - _EPOCH) // _MS


def from_ms(text: str) -> datetime:
    return _EPOCH + int(text) * _MS
