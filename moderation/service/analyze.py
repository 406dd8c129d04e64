"""Answers one comments:analyze question with a scorer."""

import asyncio
from collections.abc import Sequence
from typing import Any

from moderation.attributes import ATTRIBUTES
from moderation.decision import Span
from moderation.language import language_of
from moderation.ports import LanguageNotJudged, Scorer, ScorerUnavailable, Scores
from moderation.service.errors import Refused, language_not_supported, typed
from moderation.service.fields import unknown_attribute
from moderation.service.question import Question
from moderation.service.spans import by_sentence, in_utf16


async def analyze(question: Question, scorer: Scorer) -> dict[str, Any]:
    """The body of the answer. Raises Refused for what cannot be judged or scored."""
    detected = await asyncio.to_thread(language_of, question.text)  # a long text must not keep others waiting
    languages = question.languages or _detected(detected)
    _check_languages(question, scorer, languages)
    whole = await _score(question.text, languages[0], question, scorer)
    missing = [name for name in question.attributes if ATTRIBUTES[name] not in whole.values]
    if missing and not question.drops:
        raise unknown_attribute(missing[0])
    parts = await _parts(question, scorer, whole)
    wanted = {name: mark for name, mark in question.attributes.items() if name not in missing}
    answer = {
        "attributeScores": {
            name: _attribute(question.text, ATTRIBUTES[name], whole, parts)
            for name, threshold in wanted.items()
            if whole.values[ATTRIBUTES[name]] >= threshold
        },
        "languages": list(languages),
        "detectedLanguages": [detected] if detected else [],
    }
    return answer | ({"clientToken": question.client_token} if question.client_token is not None else {})


def _detected(language: str | None) -> tuple[str, ...]:
    if language is None:
        raise typed("LANGUAGE_DETECTION_FAILED", "Unable to detect language")
    return (language,)


def _check_languages(question: Question, scorer: Scorer, languages: Sequence[str]) -> None:
    unsupported = [language for language in languages if scorer.languages and language not in scorer.languages]
    if unsupported:
        raise _not_supported(question, unsupported)


def _not_supported(question: Question, languages: Sequence[str]) -> Refused:
    attribute = next(iter(question.attributes), "TOXICITY")
    return language_not_supported(attribute, languages, detected=not question.languages)


async def _score(text: str, language: str, question: Question, scorer: Scorer) -> Scores:
    try:
        return await scorer.score(text, language)
    except LanguageNotJudged:
        raise _not_supported(question, [language]) from None
    except ScorerUnavailable as problem:
        raise Refused(f"The scorer gave no answer: {problem}", code=503, status="UNAVAILABLE") from problem


async def _parts(question: Question, scorer: Scorer, whole: Scores) -> list[tuple[Span, Scores]]:
    """The scores of each sentence, or of the whole text as one span: clients read the first span without looking."""
    if not question.by_sentence:
        return [(Span(0, len(question.text)), whole)]
    language = whole.language or ""
    spans = by_sentence(question.text)
    return [(span, await _score(question.text[span.begin : span.end], language, question, scorer)) for span in spans]


def _attribute(text: str, label: str, whole: Scores, parts: Sequence[tuple[Span, Scores]]) -> dict[str, Any]:
    spans = [(in_utf16(text, span), scores.values[label]) for span, scores in parts]
    return {
        "spanScores": [{"begin": span.begin, "end": span.end, "score": _probability(value)} for span, value in spans],
        "summaryScore": _probability(whole.values[label]),
    }


def _probability(value: float) -> dict[str, Any]:
    return {"value": value, "type": "PROBABILITY"}
