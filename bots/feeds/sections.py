"""Which part of a story a heading or the words before a colon announce."""

# ruff: noqa: RUF001 - punctuation of many languages

import re
import unicodedata

from bots.feeds.vocabulary import NEGATIONS, WORDINGS, Section

_LONGEST_HEADING = 80
_NUMBERING = re.compile(r"^\d{1,2}[.)]\s+")
_COLON = re.compile(r"\s*[:：]\s*")


def _normal(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold().translate(str.maketrans("’ʼ`´", "''''"))
    words = " ".join(_NUMBERING.sub("", plain.strip()).split())
    letters = [place for place, char in enumerate(words) if char.isalnum()]
    return words[letters[0] : letters[-1] + 1] if letters else ""


_SECTIONS = {_normal(wording): section for section, wordings in WORDINGS.items() for wording in wordings}


def section_of(heading: str) -> Section | None:
    """The section a heading opens: a known wording, or several known words and what they are about.

    "What we know about the flood" opens FACTS; "What we know and don't know" opens none, as it mixes two.
    """
    normal = _normal(heading) if len(heading) <= _LONGEST_HEADING else ""
    words = normal.split(" ")
    for length in range(len(words), 0, -1):
        section = _SECTIONS.get(" ".join(words[:length]))
        if section and (length == len(words) or length > 1):
            return None if section is Section.FACTS and NEGATIONS & set(words[length:]) else section
    return None


def split_label(text: str) -> tuple[Section | None, str]:
    """The section that the words before the first colon announce, and what follows: ("What we know: it rains")."""
    separator = _COLON.search(text[:_LONGEST_HEADING])
    if not separator:
        return None, text
    section = section_of(text[: separator.start()])
    return (section, text[separator.end() :]) if section else (None, text)
