"""What Telegram finds in a text by itself: links, mentions, hashtags, commands, addresses."""

import re

from linkify_it import LinkifyIt  # type: ignore[import-untyped]

from bots.sandbox.telegram.markup.formatted import Formatted, in_order, units
from bots.sandbox.telegram.world import Json

_PATTERNS = {
    "bot_command": re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,32}(?:@[A-Za-z]\w{2,31})?(?![\w/])"),
    "mention": re.compile(r"(?<![\w@])@[A-Za-z]\w{3,31}\b"),
    "hashtag": re.compile(r"(?<![\w#])#\w*[^\W\d_]\w*"),
}
# Inside these nothing else is looked for.
_CLOSED = frozenset({"code", "pre", "text_link", "url", "email", "mention", "text_mention", "custom_emoji"})
_linkify = LinkifyIt()


def with_detected(formatted: Formatted) -> Formatted:
    taken = [(e["offset"], e["offset"] + e["length"]) for e in formatted.entities if e["type"] in _CLOSED]
    found = [entity for entity in _links(formatted.text) if _free(entity, taken)]
    taken += [(entity["offset"], entity["offset"] + entity["length"]) for entity in found]
    found += [entity for entity in _words(formatted.text) if _free(entity, taken)]
    return Formatted(formatted.text, in_order([*formatted.entities, *found]))


def _links(text: str) -> list[Json]:
    matches = _linkify.match(text) or []
    kinds = {"mailto:": "email"}
    return [_entity(kinds.get(match.schema, "url"), text, match.index, match.last_index) for match in matches]


def _words(text: str) -> list[Json]:
    return [
        _entity(kind, text, *match.span()) for kind, pattern in _PATTERNS.items() for match in pattern.finditer(text)
    ]


def _entity(kind: str, text: str, start: int, end: int) -> Json:
    return {"type": kind, "offset": units(text[:start]), "length": units(text[start:end])}


def _free(entity: Json, taken: list[tuple[int, int]]) -> bool:
    end = entity["offset"] + entity["length"]
    return all(end <= start or stop <= entity["offset"] for start, stop in taken)
