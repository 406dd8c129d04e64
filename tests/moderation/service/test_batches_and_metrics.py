"""Many comments in one request, what is counted, and callers who take their time."""

import asyncio
import json
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx2
import pytest
import uvicorn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moderation import LABELS, LanguageNotJudged, Scores
from moderation.service import create_app

BATCH = "/v1/comments:score"
ANALYZE = "/v1alpha1/comments:analyze"
QUESTION = {"comment": {"text": "This is good."}, "requestedAttributes": {"TOXICITY": {}}, "languages": ["en"]}


@dataclass
class Numbered:
    """The score is in the text."""

    name: str = "numbered"
    languages: frozenset[str] = frozenset({"en"})
    now: int = 0
    most: int = 0

    async def score(self, text, language):
        if language != "en":
            raise LanguageNotJudged("not trained on it")
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(0)
        self.now -= 1
        return Scores(dict.fromkeys(LABELS, float(text)), language, self.name)


@pytest.fixture
def post(client):
    async def send(rows, scorer=None, **limits):
        async with client(create_app(scorer or Numbered(), **limits)) as http:
            return await http.post(BATCH, content=json.dumps({"comments": rows}))

    return send


async def test_results_come_in_order_with_the_clients_own_ids(post):
    rows = [{"id": f"c{number}", "text": f"0.{number:02}", "lang": "en"} for number in range(100)]
    results = (await post(rows)).json()["results"]
    assert [(each["id"], each["scores"]["insult"]) for each in results] == [
        (row["id"], float(row["text"])) for row in rows
    ]
    assert set(results[0]) == {"id", "lang", "scores", "scorer"}


async def test_a_batch_leaves_room_for_others(post):
    scorer = Numbered()
    await post([{"text": "0.5", "lang": "en"}] * 50, scorer)
    assert scorer.most == 2


async def test_what_cannot_be_judged_says_why_and_spoils_no_other(post):
    rows = [{"text": "0.5", "lang": "de"}, {"text": "  "}, {"id": 7, "text": "0.5", "lang": "en"}]
    german, blank, scored = (await post(rows)).json()["results"]
    assert (german["id"], german["scores"], german["error"]) == (0, None, "not trained on it")
    assert (blank["lang"], blank["scores"]) == ("und", None)
    assert (scored["id"], scored["scores"]["toxicity"]) == (7, 0.5)


@pytest.mark.parametrize(
    "rows",
    [None, [], {}, ["x"], [{"text": 5}], [{"text": "0.5", "lang": 5}], [{"text": "0.5", "id": []}],
     [{"text": "0.5", "id": True}], [{"text": "x" * 20_481}], [{"text": "0.5"}] * 101],
)  # fmt: skip
async def test_what_is_no_batch_is_an_invalid_argument(post, rows):
    answer = await post(rows)
    assert (answer.status_code, answer.json()["error"]["status"]) == (400, "INVALID_ARGUMENT")


async def test_a_batch_that_finds_the_queue_full_is_answered_429(post):
    answer = await post([{"text": "0.5", "lang": "en"}] * 2, at_once=1, waiting=0)
    assert (answer.status_code, answer.json()["error"]["status"]) == (429, "RESOURCE_EXHAUSTED")


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.lists(st.text(st.characters(exclude_categories=()), max_size=40), min_size=1, max_size=5))
async def test_any_texts_get_a_result_each(post, fixed, texts):
    answer = await post([{"text": text} for text in texts], fixed())
    assert [result["id"] for result in answer.json()["results"]] == list(range(len(texts)))


async def test_answers_are_counted_by_method_and_status_and_no_text_is_in_it(client, fixed):
    async with client(create_app(fixed())) as http:
        for question in (QUESTION, QUESTION, {}):
            await http.post(ANALYZE, json=question)
        metrics = await http.get("/metrics")
    assert metrics.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = metrics.text.splitlines()
    assert 'newsdesk_moderation_requests_total{method="analyze",code="200"} 2' in lines
    assert 'newsdesk_moderation_requests_total{method="analyze",code="400"} 1' in lines
    assert 'newsdesk_moderation_seconds_bucket{method="analyze",le="+Inf"} 3' in lines
    assert 'newsdesk_moderation_seconds_count{method="analyze"} 3' in lines
    assert "newsdesk_moderation_in_hand 0" in lines
    assert "This is good." not in metrics.text
    sample = re.compile(r'[a-z_]+(\{([a-z_]+="[^"]*",?)+\})? [0-9.]+')
    assert all(sample.fullmatch(line) for line in lines if not line.startswith("# "))


async def test_buckets_never_fall(client, fixed):
    async with client(create_app(fixed())) as http:
        for _ in range(5):
            await http.post(ANALYZE, json=QUESTION)
        metrics = (await http.get("/metrics")).text
    counts = [int(line.rpartition(" ")[2]) for line in metrics.splitlines() if "_bucket{" in line]
    assert counts == sorted(counts)


@asynccontextmanager
async def served(app) -> AsyncIterator[int]:
    """The app behind a real socket; gives the port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, log_level="critical"))
        running = asyncio.create_task(server.serve(sockets=[listener]))
        yield listener.getsockname()[1]
        server.should_exit = True
        await running


async def test_callers_who_send_slowly_block_nobody(fixed):
    async with served(create_app(fixed(), at_once=1, waiting=0)) as port:
        slow = [await asyncio.open_connection("127.0.0.1", port) for _ in range(50)]
        for _, writer in slow:
            writer.write(f"POST {ANALYZE} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{{".encode())
            await writer.drain()
        async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as http:
            answer = await http.post(ANALYZE, json=QUESTION)
        for _, writer in slow:
            writer.close()
            await writer.wait_closed()
    assert answer.status_code == 200
