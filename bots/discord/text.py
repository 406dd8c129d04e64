"""Plain text as Discord's markdown. What a reader or an article wrote shows as written, never as markup or a link."""

import re
from urllib.parse import quote

_MARKUP = re.compile(r"[\\`*_~|\[\]<>#@]|:(?=\S)")
"""Emphasis, code, spoilers, links, mentions, headings, quotes; the colon: emoji names and addresses (https://)."""
_LIST = re.compile(r"^([^\S\n]*)([-+](?=\s)|-(?=#|\\#))", re.MULTILINE)
_NUMBERED = re.compile(r"^([^\S\n]*\d+)\.(?=\s)", re.MULTILINE)
_DROPPED = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff]")
"""Controls, halves of characters, and what turns the reading direction of everything after it."""
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_IN_ADDRESS = "%/:?&=#~,;+@!$'*._-"
"""Every character that may stand in a masked link's address; brackets and blanks would end it."""


def plain(text: str) -> str:
    """The text with every piece of markup switched off."""
    escaped = _MARKUP.sub(r"\\\g<0>", tidy(text))
    return _NUMBERED.sub(r"\1\\.", _LIST.sub(r"\1\\\2", escaped))


def tidy(text: str) -> str:
    """Without control characters; one kind of line end, at most one blank line in a row, nothing blank around it."""
    lines = "\n".join(line.rstrip() for line in _DROPPED.sub("", text).splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def one_line(text: str) -> str:
    return " ".join(_DROPPED.sub("", text).split())


def link(label: str, url: str) -> str:
    """A masked link; only the address where the label holds one, only the label where `url` is no web address."""
    if not _ADDRESS.fullmatch(url):
        return plain(one_line(label))
    address = quote(url, safe=_IN_ADDRESS)
    return address if not label.strip() or _ADDRESS.search(label) else f"[{plain(one_line(label))}]({address})"


def quoted(text: str) -> str:
    """Already plain text as a block quote."""
    return "\n".join(f"> {line}" for line in text.split("\n"))
