"""The commands as processes, as a person or the supervisor starts them."""

import asyncio
import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest

from bots.bootstrap.scoring import remote_judge
from config import Settings
from moderation import LABELS, Outcome, Submission

COMMAND = [sys.executable, "-m", "bots.cli"]
QUESTION = {"comment": {"text": "You are an idiot."}, "requestedAttributes": {"TOXICITY": {}}}


def run(*arguments: str, stdin: str = "", **environ: str) -> subprocess.CompletedProcess[str]:
    """In an environment that holds nothing but what the test gives it."""
    command = [*COMMAND, *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, env=environ, check=False)


def lines(told: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in told.splitlines()]


def test_scoring_keeps_order_and_ids_and_names_what_it_cannot_judge():
    given = [
        {"id": 7, "text": "You are an idiot."},
        {"id": "b", "text": "Das ist doch wirklich ein guter Artikel gewesen."},
        {"id": "c", "text": "Thank you", "lang": "en"},
    ]
    done = run("score", "-", stdin="\n".join(map(json.dumps, given)))
    first, second, third = lines(done.stdout)
    assert done.returncode == 0
    assert [first["id"], second["id"], third["id"]] == [7, "b", "c"]
    assert list(first["scores"]) == list(LABELS)
    assert first["scores"]["toxicity"] > 0.5 > third["scores"]["toxicity"]
    assert (second["lang"], second["scores"]) == ("de", None)


def test_bad_lines_are_numbered_and_skipped_and_the_end_is_not_a_success(tmp_path):
    file = tmp_path / "in.jsonl"
    file.write_text(
        '{"text": "Thank you"}\nnot json\n\n{"id": 4}\n{"text": "Thank you", "lang": 5}\n', encoding="utf-8"
    )
    done = run("score", str(file))
    assert done.returncode == 1
    assert [line["id"] for line in lines(done.stdout)] == [1]
    assert [f"Line {number} is skipped" in done.stderr for number in (2, 4, 5)] == [True] * 3


def test_csv_goes_in_and_comes_out():
    done = run("score", "-", "--format", "csv", stdin='id,text\na,"You are\nan idiot"\n')
    header, row = done.stdout.splitlines()
    assert header == f"id,lang,{','.join(LABELS)},scorer"
    assert row.startswith("a,en,")
    assert float(row.split(",")[2]) > 0.5


def test_one_text_is_explained_by_its_words():
    done = run("score", "--text", "You are an idiot, my friend.", "--explain")
    assert "idiot,: without it toxicity falls by 0." in done.stderr


@pytest.mark.parametrize(
    ("arguments", "environ", "told"),
    [
        (("score", "--text", "x"), {"NEWSDESK_SCORER": "oracle"}, "There is no scorer 'oracle'"),
        (("score", "/no/such/file"), {}, "cannot be read"),
        (("moderation", "--host", "0.0.0.0"), {"NEWSDESK_DATA": "/nowhere"}, "No store runs in"),  # noqa: S104 - refused
        (("score", "--text", "x", "--scorer", "http://127.0.0.1:9"), {}, "does not answer"),
    ],
)
def test_what_a_person_can_mend_is_said_in_a_sentence(arguments, environ, told):
    done = run(*arguments, **environ, COLUMNS="400")
    assert done.returncode != 0
    assert told in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_the_policy_is_shown_and_tried_with_every_finding():
    assert "more than 1,500 characters are refused" in run("policy", "show").stdout
    done = run("policy", "try", "-", stdin='{"id": 1, "text": "See https://spam.example/x, you idiot"}')
    assert done.stdout.startswith("HOLD  1: See")
    assert all(f"    {rule}: " in done.stdout for rule in ("kind", "length", "links", "language", "toxicity"))


def test_the_models_are_listed_with_what_is_missing():
    told = run("models", "list", COLUMNS="200").stdout
    assert "builtin" in told
    assert "detoxify" in told


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        found: int = listener.getsockname()[1]
        return found


@pytest.fixture
def service(port: int, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    command = [*COMMAND, "--data", str(tmp_path), "moderation", "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


async def ready(client: httpx2.AsyncClient) -> httpx2.Response:
    for _ in range(200):
        try:
            return await client.get("/readyz")
        except httpx2.ConnectError:
            await asyncio.sleep(0.05)
    raise AssertionError("the service did not start")


async def test_the_service_scores_over_http_says_nothing_of_it_and_leaves_on_sigterm(service, port):
    async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
        assert (await ready(client)).json()["status"] == "ready"
        answer = await client.post("/v1alpha1/comments:analyze?key=secret", json=QUESTION)
    assert answer.json()["attributeScores"]["TOXICITY"]["summaryScore"]["value"] > 0.5
    service.send_signal(signal.SIGTERM)
    _, told = await asyncio.to_thread(service.communicate, timeout=5)
    assert service.returncode in (0, -signal.SIGTERM)
    assert "idiot" not in told
    assert "secret" not in told


async def test_reviewers_and_commands_get_from_the_service_what_the_model_says(service, port):
    address = f"http://127.0.0.1:{port}"
    async with httpx2.AsyncClient(base_url=address, trust_env=False) as client:
        await ready(client)
    far = await asyncio.to_thread(run, "score", "--text", "You are an idiot.", "--scorer", address)
    near = await asyncio.to_thread(run, "score", "--text", "You are an idiot.", "--scorer", "builtin")
    assert lines(far.stdout) == lines(near.stdout)
    async with remote_judge(Settings(moderation_url=address)) as judge:
        written = datetime(2026, 11, 1, tzinfo=UTC)
        rude = await judge.judge(Submission("1", "You are an idiot.", "reader", "story", written))
        fair = await judge.judge(Submission("2", "A fair point, thank you for it.", "reader", "story", written))
    assert (rude.outcome, rude.scorer, fair.outcome) == (Outcome.HOLD, "builtin", Outcome.APPROVE)


async def test_reviewers_hold_everything_while_the_service_is_away(port):
    async with remote_judge(Settings(moderation_url=f"http://127.0.0.1:{port}")) as judge:
        written = datetime(2026, 11, 1, tzinfo=UTC)
        decision = await judge.judge(Submission("1", "A fair point, thank you.", "reader", "story", written))
    assert decision.outcome is Outcome.HOLD
    assert "start it with ./newsdesk moderation" in decision.reasons[0].detail


async def test_a_taken_port_is_told(service, port):
    async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
        await ready(client)
    done = await asyncio.to_thread(run, "moderation", "--port", str(port))
    assert (done.returncode, f"Cannot listen on 127.0.0.1:{port}" in done.stderr) == (1, True)
