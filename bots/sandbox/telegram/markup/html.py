"""parse_mode=HTML: the tags the Bot API knows, and its complaints about all others."""

import html
import re
from dataclasses import dataclass

from bots.sandbox.telegram.errors import ApiError, bad_request
from bots.sandbox.telegram.markup.formatted import Builder, Formatted, cut_units

_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
}
_TAG = re.compile(r"""<(/?)([^\s>]*)((?:[^>"']|"[^"]*"|'[^']*')*)>""")
_ATTRIBUTE = re.compile(r"""([A-Za-z-]+)\s*(?:=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
_NAMED = re.compile(r"&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|lt|gt|amp|quot);?")


@dataclass
class _Open:
    tag: str
    attributes: dict[str, str]
    start: int


def parse_html(source: str) -> Formatted:
    """Raises ApiError 400 "can't parse entities: ..." with the byte offset, as the public server does."""
    builder, stack, position = Builder(), list[_Open](), 0
    while position < len(source):
        bracket = source.find("<", position)
        end = len(source) if bracket < 0 else bracket
        builder.add(_NAMED.sub(lambda match: html.unescape(match[0]), source[position:end]))
        position = end if bracket < 0 else _tag(source, bracket, builder, stack)
    if stack:
        raise _refusal(f'Can\'t find end tag corresponding to start tag "{stack[-1].tag}"')
    return builder.formatted()


def _tag(source: str, position: int, builder: Builder, stack: list[_Open]) -> int:
    at = len(source[:position].encode())
    match = _TAG.match(source, position)
    if match is None:
        raise _refusal(f"Unclosed start tag at byte offset {at}")
    name = match[2].lower()
    if match[1]:
        _end(name, at, builder, stack)
    else:
        stack.append(_start(name, match[3], at, builder))
    return match.end()


def _start(name: str, rest: str, at: int, builder: Builder) -> _Open:
    if name not in _KINDS:
        raise _refusal(f'Unsupported start tag "{name}" at byte offset {at}')
    attributes = {key.lower(): html.unescape(value.strip("\"'")) for key, value in _ATTRIBUTE.findall(rest)}
    if name == "span" and attributes.get("class") != "tg-spoiler":
        raise _refusal(f'Tag "span" must have class "tg-spoiler" at byte offset {at}')
    return _Open(name, attributes, builder.length)


def _end(name: str, at: int, builder: Builder, stack: list[_Open]) -> None:
    if not stack:
        raise _refusal(f"Unexpected end tag at byte offset {at}")
    opened = stack.pop()
    if name and name != opened.tag:
        raise _refusal(f'Unmatched end tag at byte offset {at}, expected "</{opened.tag}>", found "</{name}>"')
    _close(opened, builder, inside=stack[-1] if stack else None)


def _close(opened: _Open, builder: Builder, inside: _Open | None) -> None:
    kind = _KINDS[opened.tag]
    if kind == "text_link":
        _close_link(opened, builder)
    elif kind == "code" and inside is not None and inside.tag == "pre":
        inside.attributes["language"] = opened.attributes.get("class", "").removeprefix("language-")
    elif kind == "pre" and opened.attributes.get("language"):
        builder.close("pre", opened.start, language=opened.attributes["language"])
    elif kind == "custom_emoji":
        builder.close(kind, opened.start, custom_emoji_id=opened.attributes.get("emoji-id", ""))
    else:
        builder.close("expandable_blockquote" if "expandable" in opened.attributes else kind, opened.start)


def _close_link(opened: _Open, builder: Builder) -> None:
    """A link that leads nowhere stays as plain text."""
    target = opened.attributes.get("href") or cut_units("".join(builder.parts), opened.start, builder.length)
    if re.match(r"(https?://|tg://)[^\s]+$", target):
        builder.close("text_link", opened.start, url=target)
    elif re.match(r"[\w-]+(\.[\w-]+)+(/\S*)?$", target):
        builder.close("text_link", opened.start, url=f"http://{target}/")


def _refusal(what: str) -> ApiError:
    return bad_request(f"can't parse entities: {what}")
