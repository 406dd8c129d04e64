"""Which language a text is written in, offline.

A text is named only when the identifier is more sure than not. Very short texts give it too little to go by; they
count as English when most of their words are among the common English words of the training data.
"""

import re
from functools import cache
from pathlib import Path

from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped] # ships no types

from moderation.normalise import normalise
from moderation.view import View

CONFIDENCE = 0.5
"""The identifier's own probability from which we believe it: on comments of 40 characters or more it is then wrong in
less than one of a hundred; see docs/models.md."""
SHORT = 40
"""Letters below which the rule for short texts applies."""
_NO_LANGUAGE = frozenset({"zxx", "und", "mul"})
_MOSTLY = 2 / 3
_COMMON_WORDS = Path(__file__).with_name("models") / "common-en.txt"
_NOT_WORDS = re.compile(r"(?:h(?:tt|xx)ps?://|www\.)\S+|(?<!\S)[^\s@]+@\S+|(?<!\w)@\w+")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")

NAMES = {
    "ar": "Arabic",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "ko": "Korean",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "zh": "Chinese",
}


def name(code: str) -> str:
    """`German (de)`; the bare code for a language without a name here."""
    return f"{NAMES[code]} ({code})" if code in NAMES else code


def language_of(text: str) -> str | None:
    """The ISO 639-1 code, or None when the text has no words or nobody can tell.

    Disguises are undone first, and links and mentions count for nothing.
    """
    return identify(normalise(text))


def identify(view: View) -> str | None:
    """The same for a text whose disguises are undone already."""
    text = _NOT_WORDS.sub(" ", view.text)
    words = [word.lower().replace("\u2019", "'") for word in _WORD.findall(text)]
    if not words:
        return None
    code, confidence = _identifier().classify(" ".join(text.split()).encode("utf-8", "replace"))
    if confidence >= CONFIDENCE and code not in _NO_LANGUAGE:
        return str(code)
    return "en" if _is_short_english(words) else None


def _is_short_english(words: list[str]) -> bool:
    common = sum(word in _common_words() for word in words)
    return sum(map(len, words)) < SHORT and common >= _MOSTLY * len(words)


@cache
def _identifier() -> LanguageIdentifier:
    """Loaded at the first use: it takes most of a second."""
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@cache
def _common_words() -> frozenset[str]:
    return frozenset(_COMMON_WORDS.read_text(encoding="utf-8").split())
