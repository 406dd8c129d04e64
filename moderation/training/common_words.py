"""The common words of a language, by which very short texts are told apart."""

import re
from collections import Counter
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_TEXTS = 60
"""Texts that use a word before it counts as common."""


def common_words(texts: Iterable[str]) -> list[str]:
    """Words used in at least 60 of the texts, in alphabetical order."""
    seen: Counter[str] = Counter()
    for text in texts:
        seen.update(set(_WORD.findall(text.lower().replace("\u2019", "'"))))
    return sorted(word for word, count in seen.items() if count >= _TEXTS and word.isascii())
