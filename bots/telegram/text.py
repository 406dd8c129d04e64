"""Plain text as Telegram takes, counts and shows it."""

import html
import re
import unicodedata

ELLIPSIS = "…"
WORD_JOINER = "\u2060"
"""Invisible; between the sign and the name it keeps Telegram from making a mention or a command of a reader's words."""

_DROPPED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028-\u202e\u2066-\u2069\ufeff\u0333\u033f\u030a]")
_BLANK_LINES = re.compile(r"\n\s*\n\s*\n")
_TAG = re.compile(r"<[^>]*>")
_WEB = r"https?://[\w-]+(?:\.[\w-]+)+(?:[/?#:][\w./%@~?&=#:+-]*)?"
_LIVELY = re.compile(rf"({_WEB})|(?<![\w/])/(?=\w)|(?<!\w)@(?=\w)")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*(?=\s)|[。！？]|\n")  # noqa: RUF001 - Chinese and Japanese end sentences so


def clean(text: str) -> str:
    """The text without what Telegram drops or what could turn a line around: control and direction characters.

    Half characters (lone surrogates) go, too, since they cannot be sent; more than one empty line becomes one.
    """
    kept = _DROPPED.sub("", text.replace("\r\n", "\n").replace("\t", " "))
    return _BLANK_LINES.sub("\n\n", kept).strip()


def one_line(text: str) -> str:
    return " ".join(clean(text).split())


def escape(text: str) -> str:
    """Clean text for parse_mode=HTML: no markup, no mention, no command can come out of it."""
    return html.escape(_LIVELY.sub(_stilled, text), quote=False)


def units(text: str) -> int:
    """The length as Telegram counts at most: UTF-16 code units, never fewer than its characters."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def shown_length(markup: str) -> int:
    """How long HTML of ours is once its tags are taken out and its entities are resolved."""
    return units(html.unescape(_TAG.sub("", markup)))


def cut(text: str, limit: int) -> str:
    """At most `limit` units, with an ellipsis: after a sentence if one ends in the second half, else after a word."""
    if units(text) <= limit:
        return text
    head = _head(text, max(limit - units(f" {ELLIPSIS}"), 0))
    ends = [match.end() for match in _SENTENCE_END.finditer(head)]
    if ends and ends[-1] > len(head) // 2:
        return f"{head[: ends[-1]].rstrip()} {ELLIPSIS}"
    space = len(head) if text[len(head)].isspace() else head.rfind(" ")
    return f"{head[:space] if space > len(head) // 2 else head}{ELLIPSIS}"


def _head(text: str, limit: int) -> str:
    """The longest beginning of at most `limit` units that ends between two characters as people see them."""
    encoded = text.encode("utf-16-le", "surrogatepass")
    end = len(encoded[: limit * 2].decode("utf-16-le", "ignore"))
    while end > 0 and end < len(text) and _continues(text[end - 1], text[end]):
        end -= 1
    return text[:end]


def _continues(before: str, after: str) -> bool:
    joiner, variation = "\u200d", "\ufe0f"
    return before == joiner or after in (joiner, variation) or unicodedata.combining(after) > 0


def _stilled(match: re.Match[str]) -> str:
    return match[1] or match[0] + WORD_JOINER
