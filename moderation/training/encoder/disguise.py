"""Ways in which people disguise words, for training texts: a model must see through what the normaliser leaves."""

import random
from collections.abc import Callable

_LEET = str.maketrans({"a": "4", "e": "3", "i": "1", "o": "0", "s": "5", "t": "7", "b": "8", "g": "9"})
_SIGNS = str.maketrans({"a": "@", "e": "€", "i": "!", "o": "*", "s": "$", "u": "*", "c": "("})
_LOOKALIKES = str.maketrans("aeopcxyikh", "аеорсхуікһ")
_VOWELS = "aeiou"
_LONG = 4
"""Letters from which a word is worth disguising."""

Draw = random.Random


def _starred(word: str, draw: Draw) -> str:
    """`idi*t`, `i***t`: inner letters hidden."""
    begin = draw.randrange(1, len(word) - 1)
    end = draw.choice((begin + 1, len(word) - 1))
    return word[:begin] + draw.choice("*#-_.") * (end - begin) + word[end:]


def _vowel_lost(word: str, draw: Draw) -> str:
    places = [index for index, letter in enumerate(word) if letter in _VOWELS and index]
    place = draw.choice(places) if places else len(word) - 1
    return word[:place] + word[place + 1 :]


def _swapped(word: str, draw: Draw) -> str:
    place = draw.randrange(1, len(word) - 2)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _stretched(word: str, draw: Draw) -> str:
    place = draw.randrange(1, len(word))
    return word[:place] + word[place] * draw.randrange(2, 5) + word[place + 1 :]


def _split(word: str, draw: Draw) -> str:
    place = draw.randrange(2, len(word) - 1)
    return word[:place] + draw.choice((" ", "-", ".", "_")) + word[place:]


def _spaced(word: str, draw: Draw) -> str:
    return draw.choice((" ", ".", "-", "_", "*")).join(word)


_TRICKS: tuple[Callable[[str, Draw], str], ...] = (
    lambda word, _: word.translate(_LEET),
    lambda word, _: word.translate(_SIGNS),
    lambda word, _: word.translate(_LOOKALIKES),
    lambda word, _: word[:2] + "\u200b" + word[2:],
    _spaced,
    _starred,
    _vowel_lost,
    _swapped,
    _stretched,
    _split,
)


def disguise(text: str, draw: Draw, share: float = 0.4) -> str:
    """The text with about `share` of its longer words changed by one trick each."""
    words = text.split(" ")
    return " ".join(
        draw.choice(_TRICKS)(word, draw) if len(word) >= _LONG and word.isalpha() and draw.random() < share else word
        for word in words
    )
