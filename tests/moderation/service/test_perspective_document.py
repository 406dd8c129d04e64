"""docs/perspective.md promises what the service does, and the requests of the clients it names are answered."""

import json
import re
from pathlib import Path

import pytest

from moderation.attributes import ATTRIBUTES
from moderation.service import create_app

DOCUMENT = (Path(__file__).parents[3] / "docs" / "perspective.md").read_text(encoding="utf-8")
TABLE = DOCUMENT.split("## Attribute by attribute")[1].split("## What differs")[0]


def named(verdict: str) -> set[str]:
    rows = [row for row in TABLE.splitlines() if verdict in row]
    return set(re.findall(r"\b[A-Z]+(?:_[A-Z]+)*\b", " ".join(row.split("|")[1] for row in rows)))


def test_every_attribute_that_is_served_is_in_the_table():
    experimental = {name for name in ATTRIBUTES if name.endswith("_EXPERIMENTAL")}
    assert named("served") - {"EXPERIMENTAL"} == ATTRIBUTES.keys() - experimental


@pytest.mark.parametrize("name", sorted(named("`Unknown requested attribute: NAME`")))
async def test_what_the_table_calls_refused_is_refused(client, fixed, name):
    question = {"comment": {"text": "Thank you all."}, "requestedAttributes": {name: {}}, "languages": ["en"]}
    async with client(create_app(fixed())) as http:
        answer = await http.post("/v1alpha1/comments:analyze", json=question)
    assert answer.json()["error"]["message"] == f"Unknown requested attribute: {name}"


async def test_the_curl_command_of_the_document_is_answered(client, fixed):
    (body,) = re.findall(r"-d '(\{.*\})'", DOCUMENT)
    async with client(create_app(fixed())) as http:
        answer = await http.post("/v1alpha1/comments:analyze?key=KEY", content=body)
    assert answer.json()["attributeScores"]["TOXICITY"]["summaryScore"]["value"] == 0.01


async def test_what_discourse_sends_is_answered_with_the_one_value_it_reads(client, fixed):
    """As lib/discourse_perspective.rb of discourse-perspective-api writes it: no language, at most 20,480 bytes."""
    text = ("Thank you for this article, it says what had to be said. " * 365)[:20_480]
    sent = {
        "comment": {"text": text},
        "doNotStore": True,
        "sessionId": "https://forum.example_7",
        "requestedAttributes": {"SEVERE_TOXICITY": {"scoreType": "PROBABILITY"}},
    }
    async with client(create_app(fixed())) as http:
        answer = await http.post("/v1alpha1/comments:analyze?key=k", content=json.dumps(sent))
    (scores,) = answer.json()["attributeScores"].values()
    assert scores["summaryScore"]["value"] == 0.01
