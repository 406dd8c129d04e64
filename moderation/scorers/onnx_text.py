"""What the encoder reads in place of a comment: disguises undone, signs that are pictures named in words."""

import re
import unicodedata

from anyascii import anyascii

from moderation.normalise import normalise

_BLANKS = re.compile(r"[\s_]+")


def prepare(text: str) -> str:
    """The normalised view with every emoji as its English name, so that a word piece tokenizer can read it."""
    plain = normalise(text).text
    if not plain.isascii():
        plain = "".join(_named(character) for character in plain)
    return _BLANKS.sub(" ", plain).strip()


def _named(character: str) -> str:
    """` middle finger ` for a picture; any other character as it is."""
    if unicodedata.category(character) != "So":
        return character
    return f" {anyascii(character).strip(':')} "
