"""A scorer behind HTTP that speaks the Perspective format: our own service, or any compatible one."""

import json
from collections.abc import Mapping
from typing import Any

import httpx2

from moderation.attributes import ATTRIBUTES, MAX_BYTES, SCORER_HEADER
from moderation.decision import LABELS
from moderation.ports import LanguageNotJudged, ScorerUnavailable, Scores

_ASKED = {label: attribute for attribute, label in reversed(tuple(ATTRIBUTES.items()))}  # by its first name
_REQUIRED = frozenset(LABELS) - {"sexual_explicit"}  # the older Detoxify models do not know that one
_LANGUAGE_ERRORS = frozenset({"LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE", "LANGUAGE_DETECTION_FAILED"})


class Remote:
    """Asks `url` + /v1alpha1/comments:analyze over the given client, whose time-out counts.

    `languages` is empty: only the answer tells. Anything but a complete, valid answer raises ScorerUnavailable.
    """

    languages: frozenset[str] = frozenset()

    def __init__(self, url: str, client: httpx2.AsyncClient) -> None:
        self.name = url
        self._address = f"{url.rstrip('/')}/v1alpha1/comments:analyze"
        self._client = client

    async def score(self, text: str, language: str | None) -> Scores:
        if len(text.encode("utf-8", "replace")) > MAX_BYTES:
            raise ScorerUnavailable(f"the text is longer than the {MAX_BYTES:,} bytes that {self.name} takes")
        answer = await self._post(_question(text, language))
        if answer.status_code != httpx2.codes.OK:
            self._refused(answer)
        parsed = _parsed(answer)
        languages = [each for each in _list(parsed.get("languages")) if isinstance(each, str)]
        scorer = answer.headers.get(SCORER_HEADER, self.name)
        return Scores(self._scores(parsed), language or next(iter(languages), None), scorer)

    async def _post(self, question: bytes) -> httpx2.Response:
        try:
            headers = {"content-type": "application/json"}
            return await self._client.post(self._address, content=question, headers=headers)
        except httpx2.HTTPError as problem:
            raise ScorerUnavailable(
                f"{self.name} does not answer ({type(problem).__name__}); start it with ./newsdesk moderation"
            ) from problem

    def _refused(self, answer: httpx2.Response) -> None:
        """Raises what the error answer means."""
        error = _mapping(_parsed(answer).get("error"))
        details = [_mapping(detail).get("errorType") for detail in _list(error.get("details"))]
        if _LANGUAGE_ERRORS.intersection(str(detail) for detail in details):
            raise LanguageNotJudged(f"{self.name} cannot judge this language")
        raise ScorerUnavailable(f"{self.name} answered {answer.status_code} {str(error.get('status'))[:40]}")

    def _scores(self, answer: Mapping[str, Any]) -> dict[str, float]:
        attributes = _mapping(answer.get("attributeScores"))
        found = {label: _value(_mapping(attributes.get(attribute))) for label, attribute in _ASKED.items()}
        values = {label: value for label, value in found.items() if value is not None}
        if not values.keys() >= _REQUIRED:
            missing = ", ".join(sorted(_REQUIRED - values.keys()))
            raise ScorerUnavailable(f"the answer of {self.name} lacks a usable score for {missing}")
        return values


def _question(text: str, language: str | None) -> bytes:
    """ASCII JSON, in which a lone surrogate travels as an escape."""
    question = {
        "comment": {"text": text},
        "requestedAttributes": {attribute: {} for attribute in _ASKED.values()},
        "doNotStore": True,
        "dropUnsupportedAttributes": True,
    }
    return json.dumps(question | ({"languages": [language]} if language else {})).encode("ascii")


def _parsed(answer: httpx2.Response) -> Mapping[str, Any]:
    try:
        return _mapping(json.loads(answer.content))
    except ValueError:
        return {}


def _value(attribute: Mapping[str, Any]) -> float | None:
    value = _mapping(attribute.get("summaryScore")).get("value")
    is_probability = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1
    return float(value) if is_probability else None  # type: ignore[arg-type]


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
