"""Keys given, used over HTTP and revoked, and labels kept: with processes and a real store."""

import asyncio
import hashlib
import hmac
import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

COMMAND = [sys.executable, "-m", "bots.cli"]
QUESTION = {"comment": {"text": "You are an idiot."}, "requestedAttributes": {"TOXICITY": {}}}
ANALYZE = "/v1alpha1/comments:analyze"


@pytest.fixture
def environ(redis_url: str, tmp_path: Path) -> dict[str, str]:
    return {"REDIS_URL": redis_url, "NEWSDESK_DATA": str(tmp_path), "COLUMNS": "400"}


def run(environ: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, env=environ, check=False)


@contextmanager
def service(environ: dict[str, str], *arguments: str) -> Iterator[str]:
    """A running service's address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    command = [*COMMAND, "moderation", "--port", str(port), *arguments]
    with subprocess.Popen(command, env=environ, stderr=subprocess.PIPE, text=True) as process:
        yield f"http://127.0.0.1:{port}"
        process.terminate()
        _, told = process.communicate(timeout=10)
    assert "idiot" not in told
    assert "nd." not in told


async def ready(client: httpx2.AsyncClient) -> None:
    for _ in range(200):
        try:
            await client.get("/readyz")
        except httpx2.ConnectError:
            await asyncio.sleep(0.05)
        else:
            return
    raise AssertionError("the service did not start")


async def test_a_key_is_given_used_up_listed_and_revoked(environ):
    key = (await asyncio.to_thread(run, environ, "moderation", "keys", "add", "coral", "--per-minute", "1000")).stdout
    with service(environ, "--keys") as address:
        async with httpx2.AsyncClient(base_url=address, trust_env=False) as client:
            await ready(client)
            without = await client.post(ANALYZE, json=QUESTION)
            answer = await client.post(ANALYZE, json=QUESTION, params={"key": key.strip()})
            score = (
                await asyncio.to_thread(
                    run,
                    environ | {"NEWSDESK_MODERATION_URL": address, "NEWSDESK_MODERATION_KEY": key.strip()},
                    *("score", "--text", "Thank you.", "--scorer", address),
                )
            ).stdout
            listed = await asyncio.to_thread(run, environ, "moderation", "keys", "list")
            revoked = await asyncio.to_thread(run, environ, "moderation", "keys", "revoke", "coral")
            after = await client.post(ANALYZE, json=QUESTION, params={"key": key.strip()})
    assert (without.status_code, answer.status_code, after.status_code) == (403, 200, 400)
    assert answer.headers["x-ratelimit-limit"] == "1000"
    assert listed.stdout.startswith("coral  1000 a minute, since ")
    assert key.strip() not in listed.stdout
    assert "refused from now on" in revoked.stdout
    assert json.loads(score)["scorer"] == "builtin"


async def test_what_moderators_suggest_is_kept_where_the_newsroom_chose_so_and_printed_as_rows(environ):
    suggestion = {
        "comment": {"text": "You are an idiot."},
        "attributeScores": {"TOXICITY": {"summaryScore": {"value": 1}}},
        "languages": ["en"],
        "clientToken": "comment:c1",
    }
    for keep in ("false", "true"):
        with service(environ | {"NEWSDESK_KEEP_LABELS": keep}) as address:
            async with httpx2.AsyncClient(base_url=address, trust_env=False) as client:
                await ready(client)
                answer = await client.post("/v1alpha1/comments:suggestscore", json=suggestion)
        assert answer.status_code == 200
        told = (await asyncio.to_thread(run, environ, "moderation", "labels")).stdout
        rows = [json.loads(line) for line in told.splitlines()]
        assert len(rows) == (keep == "true")
    assert (rows[0]["text"], rows[0]["toxicity"], rows[0]["lang"]) == ("You are an idiot.", 1.0, "en")


async def test_coral_s_signed_comments_are_judged_by_the_whole_policy_with_the_model_of_this_machine(environ):
    with service(environ | {"NEWSDESK_CORAL_SECRET": "hush"}) as address:
        async with httpx2.AsyncClient(base_url=address, trust_env=False) as client:
            await ready(client)
            fair = await client.post("/coral/moderation", **signed("A fair point, and thank you for the article."))
            again = await client.post("/coral/moderation", **signed("A fair point, and thank you for the article."))
            rude = await client.post("/coral/moderation", **signed("You are an idiot and a liar."))
            forged = await client.post("/coral/moderation", **signed("A fair point.", by="guess"))
    assert (fair.json(), forged.status_code) == ({}, 401)
    assert again.json()["moderationAction"]["rejectionReason"]["code"] == "SPAM"
    assert rude.json()["actions"] == [{"actionType": "FLAG", "reason": "COMMENT_DETECTED_TOXIC"}]


def signed(text: str, by: str = "hush") -> dict[str, Any]:
    sent = {
        "action": "NEW",
        "comment": {"body": text, "parentID": None},
        "author": {"id": "a1", "role": "COMMENTER"},
        "story": {"id": "s1", "url": "https://news.example/story"},
        "site": {"id": "site"},
        "tenantID": "t1",
        "tenantDomain": "coral.example",
    }
    body = json.dumps(sent, indent=2).encode()
    signature = hmac.new(by.encode(), body, hashlib.sha256).hexdigest()
    return {"content": body, "headers": {"X-Coral-Signature": f"sha256={signature}"}}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--keys",), "moderation keys add NAME prints one"),
        (("--host", "0.0.0.0"), "moderation keys add NAME prints one"),  # noqa: S104 - refused
        (("keys", "add", "No Name"), "use up to 40"),
        (("keys", "revoke", "nobody"), "There is no key 'nobody'"),
    ],
)
def test_what_a_person_can_mend_is_said(environ, arguments, told):
    done = run(environ, "moderation", *arguments)
    assert done.returncode != 0
    assert told in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
