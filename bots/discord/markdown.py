"""Text as Discord's markdown. What a reader or an article wrote shows exactly as written, never as markup or a link."""

import re
from urllib.parse import quote

_MARKUP = re.compile(r"[\\`*_~|\[\]<>#@]|:(?=\S)")
"""Emphasis, code, spoilers, links, mentions, headings, quotes; the colon: emoji names and addresses (https://)."""
_LIST = re.compile(r"^([^\S\n]*)([-+](?=\s)|-(?=#))", re.MULTILINE)
_NUMBERED = re.compile(r"^([^\S\n]*\d+)\.(?=\s)", re.MULTILINE)
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_IN_ADDRESS = "%/:?&=#~,;+@!$'*._-"
"""Every character that may stand in a masked link's address; brackets and blanks would end it."""


def plain(text: str) -> str:
    """The text with every piece of markup switched off."""
    escaped = _MARKUP.sub(r"\\\g<0>", tidy(text))
    return _NUMBERED.sub(r"\1\\.", _LIST.sub(r"\1\\\2", escaped))


def tidy(text: str) -> str:
    """One kind of line end, no more than one blank line in a row, nothing blank around it."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def link(label: str, url: str) -> str:
    """A masked link; only the address where the label holds one, only the label where `url` is no web address."""
    if not _ADDRESS.fullmatch(url):
        return plain(label)
    address = quote(url, safe=_IN_ADDRESS)
    return address if not label or _ADDRESS.search(label) else f"[{plain(label)}]({address})"


def quoted(text: str) -> str:
    """Already plain text as a block quote."""
    return "\n".join(f"> {line}" for line in text.split("\n"))
