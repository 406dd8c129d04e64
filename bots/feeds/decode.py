"""Bytes of a page or a file into text, by what they declare."""

import codecs
import re

from bots.feeds.errors import ArticleError

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META_CHARSET = re.compile(
    rb"<(?:meta[^>]{0,200}?|\?xml[^>]{0,100}?\s)(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE
)
_TEXT_CHARSET = re.compile(
    r"^(utf-(8(-sig)?|16(-le|-be)?)|iso8859-\d+|cp\d+|koi8-[rtu]|mac-\w+|gb\w+|big5\w*|shift_jis\w*|euc_\w+|ascii)$"
)
_LATIN_1_ON_THE_WEB = "cp1252"
"""What browsers read where a page says iso-8859-1 or ascii (WHATWG Encoding Standard)."""
_HEAD = 4_096
_KNOWN_BINARIES = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a Word or ZIP file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}


def decode(body: bytes, source: str, charset: str = "") -> str:
    """The text. `charset` is what a server declares; a byte order mark stands before it, the page's own word after it.

    Undeclared text is UTF-8. Raises ArticleError for what is not text, or not in the encoding that it should be in.
    """
    marked = next((name for mark, name in _BYTE_ORDER_MARKS if body.startswith(mark)), "")
    if not marked:
        _refuse_binary(body, source)
    declared = marked or charset or _declared(body) or "utf-8"
    try:
        return body.decode(_codec(declared))
    except LookupError as error:
        raise ArticleError(
            f"{source} says it is written in {declared!r}, which is not known. Save it as UTF-8."
        ) from error
    except UnicodeDecodeError as error:
        raise ArticleError(
            f"{source} is not written in {declared}. Save it as UTF-8, or say in it what it is."
        ) from error


def _declared(body: bytes) -> str:
    found = _META_CHARSET.search(body[:_HEAD])
    return found.group(1).decode("ascii", "replace") if found else ""


def _codec(name: str) -> str:
    """Python's codec of that name, if it is one for text: some of Python's codecs are not."""
    codec = codecs.lookup(name).name
    if not _TEXT_CHARSET.match(codec):
        raise LookupError(name)
    return _LATIN_1_ON_THE_WEB if codec in {"iso8859-1", "ascii"} else codec


def _refuse_binary(body: bytes, source: str) -> None:
    kind = next((kind for magic, kind in _KNOWN_BINARIES.items() if body.startswith(magic)), "")
    if kind or b"\0" in body:
        raise ArticleError(
            f"{source} is {kind or 'not text'}. Save the article as Markdown, HTML or plain text and give that."
        )
