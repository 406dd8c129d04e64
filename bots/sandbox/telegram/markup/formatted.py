"""Text with entities. Offsets and lengths are in UTF-16 code units, as everywhere in the Bot API."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bots.sandbox.telegram.world import Json

MAX_ENTITIES = 100


@dataclass
class Formatted:
    text: str = ""
    entities: list[Json] = field(default_factory=list)


@dataclass
class Builder:
    """Grows a text and remembers how long it is in UTF-16 units."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    entities: list[Json] = field(default_factory=list)

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.length += units(text)

    def close(self, kind: str, start: int, **extra: str) -> None:
        """End an entity here; one without any text leaves no trace."""
        if self.length > start:
            self.entities.append({"type": kind, "offset": start, "length": self.length - start} | extra)

    def formatted(self) -> Formatted:
        return Formatted("".join(self.parts), in_order(self.entities))


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut_units(text: str, start: int, end: int) -> str:
    return text.encode("utf-16-le", "surrogatepass")[start * 2 : end * 2].decode("utf-16-le", "replace")


def in_order(entities: Sequence[Json]) -> list[Json]:
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def trimmed(formatted: Formatted) -> Formatted:
    """Without white space at both ends, which Telegram never keeps."""
    left = units(formatted.text) - units(formatted.text.lstrip())
    text = formatted.text.strip()
    moved = [_moved(entity, left, units(text)) for entity in formatted.entities]
    return Formatted(text, [entity for entity in moved if entity["length"] > 0][:MAX_ENTITIES])


def _moved(entity: Json, left: int, length: int) -> Json:
    start = max(0, entity["offset"] - left)
    end = min(length, entity["offset"] + entity["length"] - left)
    return entity | {"offset": start, "length": end - start}
