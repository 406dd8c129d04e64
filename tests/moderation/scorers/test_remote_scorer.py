import asyncio
import json
from collections.abc import AsyncIterator

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from moderation import LABELS, LanguageNotJudged, ScorerUnavailable
from moderation.scorers import Remote
from moderation.service import create_app


def remote(app: Starlette) -> Remote:
    return Remote("http://service", httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://service"))


def answering(content: object, status: int = 200) -> Remote:
    """A remote scorer whose other side always answers the same."""
    body = content if isinstance(content, bytes) else json.dumps(content).encode()

    async def answer(_request: Request) -> Response:
        return Response(body, status, media_type="application/json")

    return remote(Starlette(routes=[Route("/v1alpha1/comments:analyze", answer, methods=["POST"])]))


async def test_scores_come_through_our_own_service_unchanged(fixed):
    values = {label: index / 10 for index, label in enumerate(LABELS)}
    scores = await remote(create_app(fixed(values))).score("This is a good article \ud83d.", "en")
    assert (dict(scores.values), scores.language, scores.scorer) == (values, "en", "fixed")


async def test_the_service_tells_the_language_when_nobody_else_did(fixed):
    scores = await remote(create_app(fixed())).score("This is a good article.", None)
    assert scores.language == "en"


async def test_a_language_the_service_cannot_judge_is_no_outage(fixed):
    with pytest.raises(LanguageNotJudged):
        await remote(create_app(fixed())).score("Das ist gut.", "de")


async def test_a_model_without_sexual_explicit_still_counts(fixed):
    six = {label: 0.1 for label in LABELS if label != "sexual_explicit"}
    scores = await remote(create_app(fixed(six))).score("This is good.", "en")
    assert set(scores.values) == set(six)


def score_of(value: object) -> dict[str, object]:
    return {"summaryScore": {"value": value, "type": "PROBABILITY"}}


NAMES = ("TOXICITY", "SEVERE_TOXICITY", "PROFANITY", "THREAT", "INSULT", "IDENTITY_ATTACK")
FULL = {name: score_of(0.1) for name in NAMES}


@pytest.mark.parametrize(
    "content",
    [
        b"", b"<html>504</html>", b"[]", b"\xff", {}, {"attributeScores": []},
        {"attributeScores": {"TOXICITY": score_of(0.1)}},
        {"attributeScores": FULL | {"TOXICITY": score_of(1.1)}},
        {"attributeScores": FULL | {"TOXICITY": score_of(-0.1)}},
        {"attributeScores": FULL | {"TOXICITY": score_of("0.1")}},
        {"attributeScores": FULL | {"TOXICITY": score_of(True)}},
        {"attributeScores": FULL | {"TOXICITY": score_of(float("nan"))}},
        {"attributeScores": FULL | {"TOXICITY": {"summaryScore": 0.1}}},
        {"attributeScores": FULL | {"TOXICITY": None}},
    ],
)  # fmt: skip
async def test_anything_but_a_complete_valid_answer_is_no_answer(content):
    with pytest.raises(ScorerUnavailable):
        await answering(content).score("This is good.", "en")


@pytest.mark.parametrize("status", [204, 301, 400, 401, 403, 404, 429, 500, 503])
async def test_an_error_answer_is_no_answer(status):
    with pytest.raises(ScorerUnavailable, match=str(status)):
        await answering({"attributeScores": FULL}, status).score("This is good.", "en")


async def test_a_text_that_no_service_takes_is_not_sent():
    with pytest.raises(ScorerUnavailable, match="longer than"):
        await answering({"attributeScores": FULL}).score("x" * 20_481, "en")


@pytest.fixture
async def silent_port() -> AsyncIterator[int]:
    """A server that accepts and never answers."""
    connections: list[asyncio.StreamWriter] = []

    async def accept(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.append(writer)

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    for writer in connections:
        writer.close()
    server.close()
    await server.wait_closed()


async def test_a_service_that_never_answers_is_given_up(silent_port):
    async with httpx2.AsyncClient(timeout=0.1) as client:
        with pytest.raises(ScorerUnavailable, match="does not answer"):
            await Remote(f"http://127.0.0.1:{silent_port}", client).score("This is good.", "en")


async def test_nobody_listening_is_told_with_what_to_do():
    async with httpx2.AsyncClient(timeout=1) as client:
        with pytest.raises(ScorerUnavailable, match=r"\./newsdesk moderation"):
            await Remote("http://127.0.0.1:9", client).score("This is good.", "en")
