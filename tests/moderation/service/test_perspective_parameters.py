"""The query parameters that every method of a Google API takes, and the names an attribute may have."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.service import create_app
from moderation.service.errors import Refused
from moderation.service.selector import parse, select

QUESTION = {"comment": {"text": "This is a good article."}, "requestedAttributes": {"TOXICITY": {}, "INSULT": {}}}


@pytest.fixture
def post(client, fixed):
    async def send(question=QUESTION, **parameters):
        async with client(create_app(fixed())) as http:
            return await http.post("/v1alpha1/comments:analyze", content=json.dumps(question), params=parameters)

    return send


async def test_answers_are_indented_unless_asked_otherwise(post):
    indented, compact = await post(), await post(prettyPrint="false")
    assert indented.text.startswith('{\n  "attributeScores"')
    assert "\n" not in compact.text
    assert indented.json() == compact.json()


async def test_only_json_is_served(post):
    assert (await post(alt="json")).status_code == 200
    refused = await post(alt="proto")
    assert (refused.status_code, refused.json()["error"]["status"]) == (400, "INVALID_ARGUMENT")


async def test_fields_choose_parts_of_the_answer(post):
    score = {"summaryScore": {"value": 0.01}}
    one = await post(fields="attributeScores/TOXICITY/summaryScore/value,languages")
    assert one.json() == {"attributeScores": {"TOXICITY": score}, "languages": ["en"]}
    every = await post(fields="attributeScores(*(summaryScore(value)))")
    assert every.json() == {"attributeScores": {"TOXICITY": score, "INSULT": score}}


async def test_fields_look_through_lists(post):
    answer = await post(fields="attributeScores/TOXICITY/spanScores/end")
    assert answer.json() == {"attributeScores": {"TOXICITY": {"spanScores": [{"end": 23}]}}}


@pytest.mark.parametrize("fields", ["a(", "a)", "a,,b", "/a", "a b/", "(", "a/", "a(b)c", "é"])
async def test_fields_that_nobody_can_read_are_refused(post, fields):
    answer = await post(fields=fields)
    assert (answer.status_code, answer.json()["error"]["status"]) == (400, "INVALID_ARGUMENT")


@given(st.text("ab/,()* ", max_size=30))
def test_any_selection_is_read_or_refused(fields):
    try:
        tree = parse(fields)
    except Refused:
        return
    select({"a": {"b": [{"a": 1}]}, "ab": 2}, tree)


async def test_a_callback_gets_the_answer_as_a_script(post):
    answer = await post(callback="my.page.show", prettyPrint="false")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.text.startswith('// API callback\nmy.page.show({"attributeScores"')
    assert answer.text.endswith(");")


@pytest.mark.parametrize("callback", ["alert(1)//", "a b", "<script>", "x" * 201, "1a", "a.", "é"])
async def test_a_callback_that_is_no_name_is_refused(post, callback):
    assert (await post(callback=callback)).status_code == 400


async def test_what_else_google_takes_is_taken_without_effect(post):
    more = {"$.xgafv": "2", "quotaUser": "x" * 40, "access_token": "a", "oauth_token": "o", "uploadType": "media"}
    assert (await post(**more, key="any", upload_protocol="raw")).json() == (await post()).json()


async def test_experimental_and_old_names_ask_for_the_same_judgement(post):
    production = ("TOXICITY", "SEVERE_TOXICITY", "IDENTITY_ATTACK", "INSULT", "PROFANITY", "THREAT")
    names = [*(f"{name}_EXPERIMENTAL" for name in production), "TOXICITY_FAST", "OBSCENE", *production]
    answer = await post(QUESTION | {"requestedAttributes": {name: {} for name in names}})
    assert set(answer.json()["attributeScores"]) == set(names)


@pytest.mark.parametrize(
    "name",
    ["FLIRTATION", "SPAM", "LIKELY_TO_REJECT", "ATTACK_ON_AUTHOR", "INCOHERENT", "INFLAMMATORY", "UNSUBSTANTIAL",
     "COMPASSION_EXPERIMENTAL", "MORAL_OUTRAGE_EXPERIMENTAL", "toxicity", ""],
)  # fmt: skip
async def test_what_we_cannot_judge_is_refused_by_name_and_never_invented(post, name):
    answer = await post(QUESTION | {"requestedAttributes": {"TOXICITY": {}, name: {}}})
    error = answer.json()["error"]
    assert (answer.status_code, error["message"]) == (400, f"Unknown requested attribute: {name}")


@pytest.mark.parametrize("score_type", ["STD_DEV_SCORE", "PERCENTILE", "RAW", "BEST", 7])
async def test_only_probabilities_are_served(post, score_type):
    answer = await post(QUESTION | {"requestedAttributes": {"INSULT": {"scoreType": score_type}}})
    expected = f"Requested score type {score_type} is not supported by attribute INSULT"
    assert answer.json()["error"]["message"] == expected


@pytest.mark.parametrize("score_type", ["PROBABILITY", "SCORE_TYPE_UNSPECIFIED"])
async def test_a_probability_may_be_asked_for_or_left_unsaid(post, score_type):
    answer = await post(QUESTION | {"requestedAttributes": {"INSULT": {"scoreType": score_type}}})
    assert answer.json()["attributeScores"]["INSULT"]["summaryScore"]["type"] == "PROBABILITY"


async def test_what_coral_sends_is_answered_with_the_one_value_it_reads(post):
    sent = {
        "comment": {"text": "You idiot"},
        "doNotStore": True,
        "requestedAttributes": {"TOXICITY": {}},
        "languages": ["en"],
    }
    answer = await post(sent, key="k")
    assert answer.json()["attributeScores"]["TOXICITY"]["summaryScore"]["value"] == 0.01


async def test_context_community_and_session_change_no_score(post):
    more = {
        "context": {"articleAndParentComment": {"article": {"text": "a"}, "parentComment": {"text": "b"}}},
        "communityId": "/forum/movies",
        "sessionId": "s",
        "doNotStore": False,
    }
    assert (await post(QUESTION | more)).json() == (await post()).json()


@pytest.mark.parametrize("wrong", [{"communityId": 1}, {"sessionId": {}}, {"doNotStore": "no"}, {"context": "x"}])
async def test_fields_without_effect_are_checked_all_the_same(post, wrong):
    assert (await post(QUESTION | wrong)).status_code == 400
