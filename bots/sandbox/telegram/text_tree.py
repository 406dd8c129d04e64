"""Text with entities as a flat list of safe pieces, so that a page never needs HTML of a reader's making."""

from itertools import pairwise

from bots.sandbox.telegram.markup.formatted import cut_units, units
from bots.sandbox.telegram.world import Json

# The first of these that covers a piece names its type; the others become its styles.
_RANK = (
    "text_link",
    "url",
    "email",
    "mention",
    "text_mention",
    "hashtag",
    "bot_command",
    "pre",
    "code",
    "spoiler",
    "blockquote",
    "expandable_blockquote",
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "custom_emoji",
    "date_time",
)
_NAMES = {
    "text_link": "link",
    "url": "link",
    "email": "link",
    "text_mention": "mention",
    "bot_command": "command",
    "blockquote": "quote",
    "expandable_blockquote": "quote",
    "custom_emoji": "text",
    "date_time": "text",
}


def text_tree(text: str, entities: list[Json]) -> list[Json]:
    """Pieces {"type", "text", "styles": [...], "url"?}; together their texts are the whole text."""
    edges = {0, units(text)} | {edge for e in entities for edge in (e["offset"], e["offset"] + e["length"])}
    cuts = sorted(edge for edge in edges if 0 <= edge <= units(text))
    return [_piece(text, entities, start, end) for start, end in pairwise(cuts)]


def _piece(text: str, entities: list[Json], start: int, end: int) -> Json:
    covering = [e for e in entities if e["offset"] <= start and end <= e["offset"] + e["length"]]
    covering.sort(key=lambda entity: _RANK.index(entity["type"]))
    names = [_NAMES.get(entity["type"], entity["type"]) for entity in covering] or ["text"]
    piece: Json = {"type": names[0], "text": cut_units(text, start, end), "styles": names[1:]}
    url = _target(text, covering[0]) if covering else ""
    return piece | {"url": url} if url else piece


def _target(text: str, entity: Json) -> str:
    """Where a link leads. Only addresses of the web, of mail and of Telegram itself; nothing that runs code."""
    shown = cut_units(text, entity["offset"], entity["offset"] + entity["length"])
    targets = {"text_link": entity.get("url", ""), "url": shown, "email": f"mailto:{shown}"}
    target = str(targets.get(entity["type"], ""))
    if target and ":" not in target.split("/", maxsplit=1)[0]:
        target = f"http://{target}"
    return target if target.startswith(("http://", "https://", "mailto:", "tg://")) else ""
