"""A small client of the moderation service, for scripts and newsrooms' own systems.

    async with Client("http://127.0.0.1:8081") as service:
        scores = await service.analyze("You are an idiot.", ["TOXICITY", "INSULT"])
        rows = await service.score(["First comment.", "Second comment."])

`analyze` and `suggest` work with everything that speaks the Perspective API's format.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import httpx2

_BATCH = 100
"""Comments that the service takes in one request."""


class ServiceError(Exception):
    """The service gave no answer that can be used.

    `status` is its own word, such as RESOURCE_EXHAUSTED, and `code` is HTTP's, 0 when nothing came back at all.
    """

    def __init__(self, message: str, code: int = 0, status: str = "UNAVAILABLE") -> None:
        super().__init__(message)
        self.code = code
        self.status = status


@dataclass(frozen=True, slots=True)
class Scored:
    """A comment's probabilities 0..1 by label; without any, `error` says why. An unknown `language` is "und"."""

    language: str
    scores: Mapping[str, float]
    scorer: str | None
    error: str | None


class Client:
    """`key` is for a service that asks for one; `seconds` is the longest wait for an answer."""

    def __init__(self, url: str, key: str | None = None, *, seconds: float = 10.0) -> None:
        headers = {"content-type": "application/json"} | ({"x-goog-api-key": key} if key else {})
        self._http = httpx2.AsyncClient(base_url=url.rstrip("/"), headers=headers, timeout=seconds, trust_env=False)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self._http.aclose()

    async def analyze(
        self, text: str, attributes: Sequence[str] = ("TOXICITY",), languages: Sequence[str] = ()
    ) -> dict[str, float]:
        """The summary score of each attribute. Raises ServiceError, also for what the service cannot judge."""
        question = {
            "comment": {"text": text},
            "requestedAttributes": {name: {} for name in attributes},
            "languages": list(languages),
            "doNotStore": True,
        }
        answer = await self._post("/v1alpha1/comments:analyze", question)
        return {name: _summary(answer, name) for name in attributes}

    async def suggest(self, text: str, scores: Mapping[str, float], *, token: str = "") -> None:
        """Tells what a person thinks of the text, 0..1 by attribute. Raises ServiceError."""
        given = {name: {"summaryScore": {"value": value}} for name, value in scores.items()}
        suggestion = {"comment": {"text": text}, "attributeScores": given, "clientToken": token}
        await self._post("/v1alpha1/comments:suggestscore", suggestion)

    async def score(self, texts: Sequence[str], language: str | None = None) -> list[Scored]:
        """Any number of texts, in their order; `language` is that of all of them. Raises ServiceError."""
        found: list[Scored] = []
        for begin in range(0, len(texts), _BATCH):
            rows = [{"text": text, "lang": language} for text in texts[begin : begin + _BATCH]]
            found += _rows(await self._post("/v1/comments:score", {"comments": rows}), len(rows))
        return found

    async def _post(self, path: str, content: Mapping[str, Any]) -> Mapping[str, Any]:
        try:
            answer = await self._http.post(path, params={"prettyPrint": "false"}, content=json.dumps(content))
            values = answer.json()
        except (httpx2.HTTPError, ValueError) as problem:
            message = f"The moderation service gave no usable answer ({type(problem).__name__}): is it running there?"
            raise ServiceError(message) from problem
        if answer.status_code != httpx2.codes.OK or not isinstance(values, dict):
            raise _refusal(answer.status_code, values)
        return values


def _refusal(code: int, values: object) -> ServiceError:
    error = values.get("error") if isinstance(values, dict) else None
    told = error if isinstance(error, dict) else {}
    message = told.get("message", "The moderation service refused without a reason.")
    return ServiceError(str(message), code, str(told.get("status", "UNKNOWN")))


def _summary(answer: Mapping[str, Any], name: str) -> float:
    try:
        return float(answer["attributeScores"][name]["summaryScore"]["value"])
    except (KeyError, TypeError, ValueError) as problem:
        raise ServiceError(f"The answer has no score for {name}.") from problem


def _rows(answer: Mapping[str, Any], count: int) -> list[Scored]:
    try:
        rows = [
            Scored(row["lang"], dict(row["scores"] or {}), row["scorer"], row.get("error")) for row in answer["results"]
        ]
    except (KeyError, TypeError, ValueError) as problem:
        raise ServiceError("The answer is none of a batch: does a Newsdesk service run there?") from problem
    if len(rows) != count:
        raise ServiceError(f"The answer has {len(rows)} results for {count} comments.")
    return rows
