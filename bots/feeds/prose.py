"""Plain text: cleaned, split into sentences, and cut where a reader would cut it."""

# ruff: noqa: RUF001 - punctuation of many languages

import re
import unicodedata
from itertools import pairwise

_QUOTATIONS = {'"': '"', "“": "”", "„": "“”", "«": "»", "»": "«", "「": "」", "『": "』", "‹": "›"}
_SENTENCE_END = re.compile(r"[.!?…。！？؟]+[\"”»“’')\]」』]*")
_ORDINAL = re.compile(r"\d\.$")
_LONGEST_ABBREVIATION = 12
_WIDE_ENDS = "。！？"
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:\w|mr|mrs|ms|dr|prof|gen|col|lt|sgt|gov|sen|rep|st|no|vs|ca|bzw|nr|hr|fr|mme|sra?|ст|ім|вул|млн|млрд|тис)\.$",
    re.IGNORECASE,
)


def clean(text: str) -> str:
    """One line of visible text: spaces collapsed; controls, direction marks and zero-width characters removed."""
    visible = "".join(" " if char.isspace() else char for char in text if char.isspace() or _is_visible(char))
    return " ".join(visible.split())


def _is_visible(char: str) -> bool:
    # Joiners (U+200C, U+200D) are format characters too, but Persian words and many emoji need them.
    return char in "\u200c\u200d" or unicodedata.category(char) not in {"Cc", "Cf", "Cs"}


def without_quotations(text: str) -> str:
    """The text at the same length with the words of every quotation blanked out; an unclosed one runs to the end."""
    masked, closing = [], ""
    for char in text:
        inside = bool(closing) and char not in closing
        masked.append("x" if inside else char)
        if not inside:
            closing = "" if closing else _QUOTATIONS.get(char, "")
    return "".join(masked)


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph, in order; none ends in the middle of a quotation."""
    ends = [0, *_sentence_ends(text), len(text)]
    return [sentence for start, end in pairwise(ends) if (sentence := text[start:end].strip())]


def _sentence_ends(text: str) -> list[int]:
    masked = without_quotations(text)
    return [match.end() for match in _SENTENCE_END.finditer(text) if _ends_sentence(text, masked, match)]


def _ends_sentence(text: str, masked: str, match: re.Match[str]) -> bool:
    if masked[match.end() - 1] != text[match.end() - 1]:
        return False  # still inside a quotation
    following = text[match.end() : match.end() + 2]
    if match.group()[0] in _WIDE_ENDS or not following:
        return True
    if not following[0].isspace() or following[1:].islower():
        return False
    return not (
        match.group() == "." and _is_abbreviated(text[max(0, match.end() - _LONGEST_ABBREVIATION) : match.end()])
    )


def _is_abbreviated(last_words: str) -> bool:
    return bool(_ABBREVIATION.search(last_words) or _ORDINAL.search(last_words))


def shorten(text: str, limit: int) -> str:
    """The text within `limit` characters: whole sentences where one fits, else whole words and an ellipsis."""
    if len(text) <= limit:
        return text
    ends = [end for end in _sentence_ends(text) if end <= limit]
    return text[: ends[-1]] if ends else _cut_at_word(text, limit)


def _cut_at_word(text: str, limit: int) -> str:
    cut = text[: limit - 1]
    words, space, _ = cut.rpartition(" ")
    return (words if space else cut).rstrip(" ,;:–—-") + "…"
