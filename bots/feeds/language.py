"""The language of a text that does not declare one."""

from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

_SHORTEST_IN_BYTES = 80
_SUREST = 0.9


def detect_language(text: str) -> str:
    """The ISO 639-1 code; empty where the text is too short (80 bytes of UTF-8) or the probability below 0.9."""
    if len(text.encode("utf-8", "ignore")) < _SHORTEST_IN_BYTES:
        return ""
    code, probability = _identifier().classify(text)
    return str(code) if probability >= _SUREST else ""


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
