"""Whatever a client sends, it is answered in the service's own words, and never by a fault."""

import hashlib
import hmac
import json
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moderation import Pipeline, Policy, house_rules
from moderation.service import Coral, Parts, create_app

SENT = {
    "/v1alpha1/comments:analyze": {
        "comment": {"text": "This is good.", "type": "PLAIN_TEXT"},
        "requestedAttributes": {"TOXICITY": {"scoreType": "PROBABILITY", "scoreThreshold": 0.5}},
        "context": {"entries": [{"text": "a"}]},
        "languages": ["en"],
        "spanAnnotations": True,
        "clientToken": "t",
    },
    "/v1alpha1/comments:suggestscore": {
        "comment": {"text": "This is good."},
        "attributeScores": {
            "TOXICITY": {"summaryScore": {"value": 1}, "spanScores": [{"begin": 0, "end": 1, "score": {"value": 1}}]}
        },
        "communityId": "c",
    },
    "/v1/comments:score": {"comments": [{"id": 1, "text": "This is good.", "lang": "en"}]},
    "/coral/moderation": {
        "action": "NEW",
        "comment": {"body": "This is good.", "parentID": None},
        "author": {"id": "a"},
        "story": {"id": "s"},
        "tenantID": "t",
    },
}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from([10**400, -1]) | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=4,
)


def places(value, path=()):
    """The path to every part of a JSON value."""
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in items:
        yield from places(inner, (*path, name))


def replaced(value, path, by):
    if not path:
        return by
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = replaced(copy[path[0]], path[1:], by)
    return copy


@pytest.mark.parametrize("address", SENT)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.data())
async def test_any_value_in_any_place_is_judged_or_refused(client, fixed, address, data):
    path = data.draw(st.sampled_from(sorted(places(SENT[address]), key=str)))
    body = json.dumps(replaced(SENT[address], path, data.draw(ANYTHING))).encode()
    scorer = fixed()
    pipeline = Pipeline(house_rules(Policy(), scorer), scorer)
    parts = Parts(coral=Coral("hush", pipeline, lambda: datetime(2026, 11, 1, tzinfo=UTC)))
    signature = hmac.new(b"hush", body, hashlib.sha256).hexdigest()
    async with client(create_app(scorer, parts)) as http:
        answer = await http.post(address, content=body, headers={"X-Coral-Signature": f"sha256={signature}"})
    assert answer.status_code in (200, 400)
    assert isinstance(answer.json(), dict)
