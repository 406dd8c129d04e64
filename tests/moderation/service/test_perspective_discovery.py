"""The document from which Google's client library builds itself, held to what that library reads."""

import json
import re

import pytest

from moderation.attributes import ATTRIBUTES
from moderation.service import create_app

ADDRESS = "/$discovery/rest?version=v1alpha1"


@pytest.fixture
async def document(client, fixed):
    async with client(create_app(fixed())) as http:
        return (await http.get(ADDRESS)).json()


async def test_the_root_is_the_host_that_was_asked(client, fixed):
    async with client(create_app(fixed())) as http:
        answer = await http.get(ADDRESS, headers={"host": "scores.example:8443"})
        other = await http.get("/$discovery/rest?version=v2")
    assert answer.json()["rootUrl"] == "http://scores.example:8443/"
    assert other.status_code == 404


async def test_the_methods_lead_from_the_root_to_what_we_serve(client, fixed, document):
    assert (document["servicePath"], document["rootUrl"]) == ("", "http://service/")
    methods = document["resources"]["comments"]["methods"]
    assert set(methods) == {"analyze", "suggestscore"}
    question = {"comment": {"text": "Thank you all."}, "languages": ["en"]}
    more = {"analyze": {"requestedAttributes": {"TOXICITY": {}}}, "suggestscore": {"attributeScores": SCORES}}
    async with client(create_app(fixed())) as http:
        for name, method in methods.items():
            address = document["rootUrl"] + document["servicePath"] + method["path"]
            answer = await http.request(method["httpMethod"], address, json=question | more[name])
            assert answer.status_code == 200
            assert answer.json().keys() <= schema(document, method["response"])["properties"].keys()


SCORES = {"TOXICITY": {"summaryScore": {"value": 1}}}


def schema(document, reference):
    return document["schemas"][reference["$ref"]]


async def test_every_reference_has_its_schema_and_every_schema_its_own_name(document):
    named = set(re.findall(r'"\$ref": "(\w+)"', json.dumps(document)))
    assert named <= document["schemas"].keys()
    assert all(each["id"] == name for name, each in document["schemas"].items())


async def test_enumerations_describe_each_value_as_the_client_library_expects(document):
    def walk(value):
        if isinstance(value, dict):
            if "enum" in value:
                assert len(value["enum"]) == len(value["enumDescriptions"])
            for each in value.values():
                walk(each)

    walk(document)


async def test_every_field_that_a_client_may_send_is_in_the_schema(document):
    known = schema(document, {"$ref": "AnalyzeCommentRequest"})["properties"].keys()
    assert known == {
        "comment", "context", "requestedAttributes", "languages", "spanAnnotations", "doNotStore",
        "dropUnsupportedAttributes", "clientToken", "sessionId", "communityId",
    }  # fmt: skip
    assert document["parameters"].keys() >= {"key", "alt", "fields", "prettyPrint", "quotaUser", "callback"}
    assert all(name in document["description"] for name in ATTRIBUTES)
