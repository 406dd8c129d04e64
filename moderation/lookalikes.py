"""Letters and signs that are drawn like Latin letters.

The pairs are a selection from Unicode Technical Standard 39 (confusables.txt), kept to what people type to disguise a
word; enclosed and regional-indicator letters come from their places in the code charts.
"""

from itertools import chain

from anyascii import anyascii

_PAIRS = {
    # Cyrillic
    "аеорсухіјѕһԁԛԝвкмнтгзпӏґѵьёйиш": "aeopcyxijshdqwbkmhtr3nlrvbeuuw",
    # Greek
    "αβγδεζηικλμνορστυχω": "abydezniklmvopotuxw",
    # Armenian, Cherokee and others drawn as Latin
    "աբցօոսհյᎠᎡᎢᎪᎬᎳᎷᎻᏃᏞᏟᏢᏦ": "wpgonuhjdrtaewmhzlcpk",
    # Letters and signs from elsewhere
    "ıɩɑɡɪʀɴʟ\u00d7∏∩刀工丫卜": "iiagirnlxnnntyt",
}
_ENCLOSED = (0x249C, 0x1F110, 0x1F130, 0x1F150, 0x1F170, 0x1F1E6)  # (a), (A), [A], white on black twice, flag letters
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


LOOKALIKES = dict(chain.from_iterable(zip(others, latins, strict=True) for others, latins in _PAIRS.items()))
"""A lower-case character to the Latin letter it imitates."""

FOLDED_AWAY = {chr(first + index): letter for first in _ENCLOSED for index, letter in enumerate(_ALPHABET)} | {
    "\u03f2": "c",  # the lunate sigma, which NFKC would turn into an ordinary one
    "\u03f9": "c",
}
"""Characters that always stand for a letter, and that NFKC would spoil."""


def without_accent(letter: str) -> str:
    """`é` to `e`, `ß` to `ss`; a letter of another script stays as it is."""
    plain = anyascii(letter).lower()
    return plain if letter.isalpha() and _is_latin(letter) and plain else letter


def imitated(letter: str) -> str:
    """The Latin letter that a character imitates, or that it is written as; itself when there is none."""
    known = LOOKALIKES.get(letter)
    if known:
        return known
    spelled = anyascii(letter).lower()
    return spelled if len(spelled) == 1 and letter.isalpha() else letter


def _is_latin(letter: str) -> bool:
    """Latin-1 Supplement to Latin Extended-B, and Latin Extended Additional."""
    return "\u00c0" <= letter <= "\u024f" or "\u1e00" <= letter <= "\u1eff"
