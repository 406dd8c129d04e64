"""parse_mode=MarkdownV2."""

import re
from dataclasses import dataclass, field

from bots.sandbox.telegram.errors import ApiError, bad_request
from bots.sandbox.telegram.markup.formatted import Builder, Formatted

_RESERVED = frozenset("_*[]()~`>#+-=|{}.!")
_MARKS = {"||": "spoiler", "__": "underline", "*": "bold", "_": "italic", "~": "strikethrough"}
_NAMES = {"bold": "Bold", "italic": "Italic", "underline": "Underline", "spoiler": "Spoiler"}
_TARGET = re.compile(r"\]\(((?:\\.|[^)\\])*)\)")
_CODE = re.compile(r"```(?:([A-Za-z0-9_+-]*)\n)?((?:\\.|[^`\\]|`(?!``))*)```|`((?:\\.|[^`\\])*)`", re.DOTALL)
_ESCAPE = re.compile(r"\\([\x01-\x7e])")


@dataclass
class _Reader:
    source: str
    position: int = 0
    builder: Builder = field(default_factory=Builder)
    stack: list[tuple[str, int, int]] = field(default_factory=list)  # kind, start in the text, byte offset
    quote: int | None = None

    @property
    def byte(self) -> int:
        return len(self.source[: self.position].encode())

    def starts(self, mark: str) -> bool:
        return self.source.startswith(mark, self.position)


def parse_markdown(source: str) -> Formatted:
    """Raises ApiError 400 "can't parse entities: ..." with the byte offset, as the public server does."""
    reader = _Reader(source)
    while reader.position < len(source):
        _step(reader)
    _end_quote(reader)
    if reader.stack:
        kind, _, byte = reader.stack[-1]
        raise _refusal(f"Can't find end of {_NAMES.get(kind, kind.title())} entity at byte offset {byte}")
    return reader.builder.formatted()


def _step(reader: _Reader) -> None:
    character = reader.source[reader.position]
    if character == "\\" and _ESCAPE.match(reader.source, reader.position):
        _take(reader, reader.source[reader.position + 1], 2)
    elif character not in _RESERVED:
        _plain(reader, character)
    elif not (_quote(reader) or _code(reader) or _link(reader) or _mark(reader)):
        raise _refusal(f"Character '{character}' is reserved and must be escaped with the preceding '\\'")


def _take(reader: _Reader, text: str, consumed: int) -> None:
    reader.builder.add(text)
    reader.position += consumed


def _plain(reader: _Reader, character: str) -> None:
    if character == "\n" and reader.quote is not None and not reader.source.startswith(">", reader.position + 1):
        _end_quote(reader)
    _take(reader, character, 1)


def _quote(reader: _Reader) -> bool:
    if not reader.starts(">") or (reader.position and reader.source[reader.position - 1] != "\n"):
        return False
    if reader.quote is None:
        reader.quote = reader.builder.length
    reader.position += 1
    return True


def _end_quote(reader: _Reader) -> None:
    if reader.quote is not None:
        reader.builder.close("blockquote", reader.quote)
        reader.quote = None


def _code(reader: _Reader) -> bool:
    if not reader.starts("`"):
        return False
    match = _CODE.match(reader.source, reader.position)
    if match is None:
        raise _refusal(f"Can't find end of Code entity at byte offset {reader.byte}")
    start, block = reader.builder.length, match[2] is not None
    _take(reader, _unescaped(match[2] if block else match[3]), len(match[0]))
    language = {"language": match[1]} if match[1] else {}
    reader.builder.close("pre" if block else "code", start, **language)
    return True


def _link(reader: _Reader) -> bool:
    if reader.starts("["):
        reader.stack.append(("text_link", reader.builder.length, reader.byte))
        reader.position += 1
        return True
    if not (reader.starts("]") and reader.stack and reader.stack[-1][0] == "text_link"):
        return False
    _, start, byte = reader.stack.pop()
    match = _TARGET.match(reader.source, reader.position)
    if match is None:
        raise _refusal(f"Can't find end of a URL at byte offset {byte}")
    reader.builder.close("text_link", start, url=_unescaped(match[1]))
    reader.position = match.end()
    return True


def _mark(reader: _Reader) -> bool:
    mark = next((mark for mark in _MARKS if reader.starts(mark)), None)
    if mark is None:
        return False
    kind, start = _MARKS[mark], reader.builder.length
    if reader.stack and reader.stack[-1][0] == kind:
        reader.builder.close(kind, reader.stack.pop()[1])
    else:
        reader.stack.append((kind, start, reader.byte))
    reader.position += len(mark)
    return True


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(r"\1", text)


def _refusal(what: str) -> ApiError:
    return bad_request(f"can't parse entities: {what}")
