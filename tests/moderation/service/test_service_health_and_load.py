import asyncio
from dataclasses import dataclass, field

from moderation import LABELS, ScorerUnavailable, Scores
from moderation.service import create_app

QUESTION = {"comment": {"text": "This is good."}, "requestedAttributes": {"TOXICITY": {}}, "languages": ["en"]}
ANALYZE = "/v1alpha1/comments:analyze"


@dataclass
class Waiting:
    """Answers when the gate opens."""

    gate: asyncio.Event = field(default_factory=asyncio.Event)
    name: str = "waiting"
    languages: frozenset[str] = frozenset({"en"})
    now: int = 0
    most: int = 0

    async def score(self, text, language):
        self.now += 1
        self.most = max(self.most, self.now)
        await self.gate.wait()
        self.now -= 1
        return Scores(dict.fromkeys(LABELS, 0.1), language, self.name)


async def test_a_full_queue_is_answered_429_in_googles_words_and_empties_again(client):
    scorer = Waiting()
    async with client(create_app(scorer, at_once=1, waiting=2)) as http:
        asked = {asyncio.create_task(http.post(ANALYZE, json=QUESTION)) for _ in range(4)}
        (first,), waiting = await asyncio.wait(asked, return_when=asyncio.FIRST_COMPLETED)
        refused = await first
        scorer.gate.set()
        answered = await asyncio.gather(*waiting)
        later = await http.post(ANALYZE, json=QUESTION)
    error = refused.json()["error"]
    assert (refused.status_code, error["status"]) == (429, "RESOURCE_EXHAUSTED")
    assert error["message"].startswith("Quota exceeded for quota metric 'Analysis requests (AnalyzeComment)'")
    assert error["details"][0]["reason"] == "RATE_LIMIT_EXCEEDED"
    assert [answer.status_code for answer in [*answered, later]] == [200] * 4
    assert scorer.most == 1


@dataclass
class Away:
    name: str = "away"
    languages: frozenset[str] = frozenset({"en"})

    async def score(self, text, language):
        raise ScorerUnavailable("the model file is gone")


async def test_the_service_is_alive_but_not_ready_while_its_scorer_is_away(client):
    async with client(create_app(Away())) as http:
        alive, ready = await http.get("/healthz"), await http.get("/readyz")
    assert (alive.status_code, ready.status_code) == (200, 503)
    assert "the model file is gone" in ready.text


async def test_a_ready_service_names_its_scorer_and_languages(client, fixed):
    async with client(create_app(fixed())) as http:
        ready = await http.get("/readyz")
    assert ready.json() == {"status": "ready", "scorer": "fixed", "languages": ["en"]}
