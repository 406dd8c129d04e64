"""A second view of a text with disguises undone; every character knows where it stood in the original.

The view never replaces what was written: it is only another text to look at. Offsets are code points.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable

from moderation.lookalikes import FOLDED_AWAY, LOOKALIKES, imitated, without_accent
from moderation.view import Edit, View, plain

_LEET = dict(zip("0134578@$!|+", "oieastbasiit", strict=True))
_HIDDEN = frozenset("\u034f\u115f\u1160\u3164\uffa0") | {chr(code) for code in range(0xFE00, 0xFE10)}
_LONGEST_FOLD = 4  # characters for one; a few Arabic signs stand for whole sentences and would swell a text
_HIDDEN_CATEGORIES = frozenset({"Cf", "Cs", "Cn", "Co"})

_WORD = re.compile(r"\S+")
_LETTER = re.compile(r"[^\W\d_]")
# 5pm, 20th, 10k; G7, MH17, F-16, covid19: letters and digits that mean what they say
_MEASURE = re.compile(r"\W*(?:\d[\d.,:]*[a-z]{1,3}|[a-z]+-?\d+)\W*")
_LEET_IN_WORD = re.compile(r"(?<![0134578@$!|+])[0134578@$!|+]++(?=[a-z])|(?<=[a-z])[0134578@$|+]+")
_SPACED_OUT = re.compile(r"(?<![^\W_])[^\W\d_](?:[\s.\-_*,·]{1,3}[^\W\d_](?![^\W_])){2,}")
_SEPARATORS = re.compile(r"[\s.\-_*,·]+")
_REPEATED = re.compile(r"([^\W\d_])\1{2,}")


def normalise(text: str, keep: int = 2) -> View:
    """The view with hidden characters, look-alikes, leetspeak, spaced-out and stretched words undone, in lower case.

    Letters repeated three times or more are cut to `keep`: "coool" needs two and "shiiit" one.
    """
    view = fold(text)
    for undo in (_lookalikes, _leet, _spaced_out):
        view = view.edited(undo(view.text))
    stretched = _REPEATED.finditer(view.text)
    return view.edited([(match.start() + keep - 1, match.end(), match.group(1)) for match in stretched])


def fold(text: str) -> View:
    """Visible characters only, compatibility forms folded, accents of Latin letters dropped, lower case."""
    if text.isascii():
        return plain(text)
    characters: list[str] = []
    begins: list[int] = []
    ends: list[int] = []
    for begin, end in _clusters(text):
        for character in _simplify(text[begin:end]):
            characters.append(character)
            begins.append(begin)
            ends.append(end)
    return View("".join(characters), tuple(begins), tuple(ends))


def _clusters(text: str) -> Iterable[tuple[int, int]]:
    """A character with the combining marks that follow it."""
    begin = 0
    for index in range(1, len(text) + 1):
        if index == len(text) or not unicodedata.combining(text[index]):
            yield begin, index
            begin = index


def _simplify(cluster: str) -> str:
    visible = "".join(FOLDED_AWAY.get(character, character) for character in cluster if not _is_hidden(character))
    if visible.isascii():
        return visible.lower()
    folded = unicodedata.normalize("NFKC", visible).lower()
    if len(folded) > _LONGEST_FOLD * len(visible):
        return visible
    bare = "".join(without_accent(character) for character in folded)
    is_marked_latin = bool(bare) and bare[0].isascii() and bare[0].isalpha()
    return "".join(c for c in bare if not unicodedata.combining(c)) if is_marked_latin else bare


def _is_hidden(character: str) -> bool:
    return character in _HIDDEN or unicodedata.category(character) in _HIDDEN_CATEGORIES


def _lookalikes(text: str) -> list[Edit]:
    """In words that mix scripts, and in every word that imitates Latin throughout when the text is mostly Latin."""
    letters = _LETTER.findall(text)
    mostly_latin = sum(letter.isascii() for letter in letters) * 2 >= len(letters)
    disguised = [word for word in _WORD.finditer(text) if _is_disguised(word.group(), mostly_latin=mostly_latin)]
    return [edit for word in disguised for edit in _replace(word, imitated)]


def _is_disguised(word: str, *, mostly_latin: bool) -> bool:
    foreign = [character for character in word if not character.isascii()]
    if not foreign:
        return False
    mixed = any(character.isascii() and character.isalnum() for character in word)
    return mixed or (all(character in LOOKALIKES for character in foreign) and mostly_latin)


def _leet(text: str) -> list[Edit]:
    words = [word for word in _WORD.finditer(text) if _is_leet(word.group())]
    return [
        (word.start() + place, word.start() + place + 1, _LEET[word.group()[place]])
        for word in words
        for signs in _LEET_IN_WORD.finditer(word.group())
        for place in range(*signs.span())
    ]


def _is_leet(word: str) -> bool:
    """Letters mixed with stand-ins; measures, mentions and addresses are not."""
    if word.startswith(("@", "#")) or "://" in word or _MEASURE.fullmatch(word):
        return False
    return bool(_LEET_IN_WORD.search(word))


def _spaced_out(text: str) -> list[Edit]:
    """`i d i o t` and `i.d.i.o.t`: the separators go."""
    return [
        (word.start() + gap.start(), word.start() + gap.end(), "")
        for word in _SPACED_OUT.finditer(text)
        for gap in _SEPARATORS.finditer(word.group())
    ]


def _replace(word: re.Match[str], change: Callable[[str], str]) -> list[Edit]:
    changes = [(word.start() + index, character, change(character)) for index, character in enumerate(word.group())]
    return [(place, place + 1, new) for place, old, new in changes if new != old]
