"""The wire facts of the Perspective API, one by one."""

import json
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moderation import LABELS, LanguageNotJudged, ScorerUnavailable, Scores
from moderation.service import create_app

ANY = st.characters(exclude_categories=()) | st.sampled_from("\ud83d\udc00\u200b\u0301 .")
TYPE = "type.googleapis.com/google.commentanalyzer.v1alpha1.Error"


@dataclass
class BySentence:
    """Rude sentences score high."""

    name: str = "by sentence"
    languages: frozenset[str] = frozenset({"en"})

    async def score(self, text, language):
        return Scores(dict.fromkeys(LABELS, 0.9 if "suck" in text else 0.02), language, self.name)


async def test_an_answer_has_a_summary_and_at_least_one_span(ask):
    answer = await ask("This is a good article.")
    assert answer.status_code == 200
    assert answer.json() == {
        "attributeScores": {
            "TOXICITY": {
                "spanScores": [{"begin": 0, "end": 23, "score": {"value": 0.01, "type": "PROBABILITY"}}],
                "summaryScore": {"value": 0.01, "type": "PROBABILITY"},
            }
        },
        "languages": ["en"],
        "detectedLanguages": ["en"],
    }


async def test_every_sentence_gets_a_span_when_asked(ask):
    answer = await ask("Hello world. You suck!", scorer=BySentence(), spanAnnotations=True, languages=["en"])
    spans = answer.json()["attributeScores"]["TOXICITY"]["spanScores"]
    assert [(span["begin"], span["end"], span["score"]["value"]) for span in spans] == [(0, 12, 0.02), (13, 22, 0.9)]


async def test_spans_count_utf16_units_of_the_original(ask):
    text = "Nice \U0001f600\U0001f600. You suck!"
    answer = await ask(text, scorer=BySentence(), spanAnnotations=True, languages=["en"])
    spans = answer.json()["attributeScores"]["TOXICITY"]["spanScores"]
    units = text.encode("utf-16-le")
    cut = [units[2 * span["begin"] : 2 * span["end"]].decode("utf-16-le") for span in spans]
    assert cut == ["Nice \U0001f600\U0001f600.", "You suck!"]


async def test_a_text_of_thousands_of_sentences_is_answered_in_a_bounded_number_of_spans(ask):
    answer = await ask("Yes. " * 3000, spanAnnotations=True, languages=["en"])
    spans = answer.json()["attributeScores"]["TOXICITY"]["spanScores"]
    assert 1 < len(spans) <= 64
    assert spans[-1]["end"] == 3000 * 5 - 1


async def test_every_attribute_that_we_can_judge_is_served_under_its_names(ask):
    names = [
        "TOXICITY",
        "SEVERE_TOXICITY",
        "IDENTITY_ATTACK",
        "INSULT",
        "PROFANITY",
        "OBSCENE",
        "THREAT",
        "SEXUALLY_EXPLICIT",
    ]
    answer = await ask(requestedAttributes={name: {} for name in names})
    assert set(answer.json()["attributeScores"]) == set(names)


async def test_the_client_token_comes_back_even_when_it_is_strange(ask):
    answer = await ask(clientToken="comment-\ud83d")
    assert answer.json()["clientToken"] == "comment-\ud83d"


async def test_an_attribute_below_its_threshold_is_left_out(ask, fixed):
    wanted = {"TOXICITY": {"scoreThreshold": 0.5}, "INSULT": {"scoreThreshold": 0.1}}
    answer = await ask(requestedAttributes=wanted, scorer=fixed({"toxicity": 0.4, "insult": 0.3}))
    assert set(answer.json()["attributeScores"]) == {"INSULT"}


async def test_a_requested_language_counts_by_its_main_subtag_and_the_detected_one_is_told_beside_it(ask):
    answer = await ask("Das ist doch wirklich ein guter Artikel gewesen.", languages=["en-US"])
    assert (answer.json()["languages"], answer.json()["detectedLanguages"]) == (["en"], ["de"])


async def test_proto_names_with_underscores_are_understood(ask):
    answer = await ask(requestedAttributes={}, requested_attributes={"INSULT": {"score_threshold": 0}})
    assert set(answer.json()["attributeScores"]) == {"INSULT"}


def error_of(answer, code=400):
    assert answer.status_code == code
    error = answer.json()["error"]
    assert error["code"] == code
    return error


@pytest.mark.parametrize(
    ("text", "fields", "error_type", "message"),
    [
        ("", {}, "COMMENT_EMPTY", "Comment must be non-empty."),
        ("  \n", {}, "COMMENT_EMPTY", "Comment must be non-empty."),
        ("x" * 20_481, {}, "COMMENT_TOO_LONG", "Comment text too long."),
        ("\U0001f600" * 5121, {}, "COMMENT_TOO_LONG", "Comment text too long."),
        ("Hi", {"requestedAttributes": {}}, "NO_REQUESTED_ATTRIBUTES", "Missing requested_attributes"),
        ("\U0001f600", {}, "LANGUAGE_DETECTION_FAILED", "Unable to detect language"),
        ("Hi", {"requestedAttributes": {"SPAM": {}}}, "INVALID_REQUEST", "Unknown requested attribute: SPAM"),
        (
            "Hi",
            {"requestedAttributes": {"INSULT": {"scoreType": "PERCENTILE"}}},
            "INVALID_REQUEST",
            "Requested score type PERCENTILE is not supported by attribute INSULT",
        ),
        (
            "Hi",
            {"context": {"entries": [{"text": "a"}], "articleAndParentComment": {}}},
            "INVALID_REQUEST",
            "Context can have either entries or article_and_parent_comment, but both fields were populated.",
        ),
    ],
)
async def test_an_error_has_the_type_and_message_that_clients_switch_on(ask, text, fields, error_type, message):
    error = error_of(await ask(text, **fields))
    assert (error["status"], error["message"]) == ("INVALID_ARGUMENT", message)
    assert error["details"] == [{"@type": TYPE, "errorType": error_type}]


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ({"text": "Hi", "type": "HTML"}, "Currently, only 'PLAIN_TEXT' comments are supported"),
        ({"text": "Hi", "type": "RTF"}, "Unknown text type"),
    ],
)
async def test_only_plain_text_is_taken(ask, comment, message):
    assert error_of(await ask(comment=comment))["message"] == message


async def test_a_language_we_cannot_judge_is_refused_for_the_attribute_by_name(ask):
    error = error_of(await ask("Hi", languages=["om"], requestedAttributes={"SEXUALLY_EXPLICIT": {}}))
    assert error["message"] == "Attribute SEXUALLY_EXPLICIT does not support request languages: om"
    assert error["details"][0]["languageNotSupportedByAttributeError"] == {
        "requestedLanguages": ["om"],
        "attribute": "SEXUALLY_EXPLICIT",
    }


async def test_a_detected_language_we_cannot_judge_is_told_as_detected(ask):
    error = error_of(await ask("Das ist doch wirklich ein guter Artikel gewesen."))
    assert error["details"][0]["errorType"] == "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE"
    assert error["details"][0]["languageNotSupportedByAttributeError"]["detectedLanguages"] == ["de"]


async def test_an_attribute_the_scorer_lacks_is_refused_by_name_and_dropped_on_request(ask, fixed):
    six = fixed({label: 0.1 for label in LABELS if label != "sexual_explicit"})
    wanted = {"TOXICITY": {}, "SEXUALLY_EXPLICIT": {}}
    error = error_of(await ask(scorer=six, requestedAttributes=wanted))
    assert error["message"] == "Unknown requested attribute: SEXUALLY_EXPLICIT"
    answer = await ask(scorer=six, requestedAttributes=wanted | {"SPAM": {}}, dropUnsupportedAttributes=True)
    assert set(answer.json()["attributeScores"]) == {"TOXICITY"}


@pytest.mark.parametrize(
    "body",
    [
        b"", b"not json", b"[]", b'"x"', b"\xff\xfe", b"[" * 10_000,
        b'{"comment": "x"}', b'{"comment": {"text": 5}}', b'{"surprise": 1}',
        b'{"comment": {"text": "x"}, "requestedAttributes": []}',
        b'{"comment": {"text": "x"}, "requestedAttributes": {"TOXICITY": 1}}',
        b'{"comment": {"text": "x"}, "requestedAttributes": {"TOXICITY": {"scoreThreshold": "high"}}}',
        b'{"comment": {"text": "x"}, "requestedAttributes": {"TOXICITY": {}}, "languages": "en"}',
        b'{"comment": {"text": "x"}, "requestedAttributes": {"TOXICITY": {}}, "spanAnnotations": "yes"}',
        b'{"comment": {"text": "x"}, "requestedAttributes": {"TOXICITY": {}}, "clientToken": 5}',
    ],
)  # fmt: skip
async def test_what_is_no_question_is_an_invalid_argument(client, fixed, body):
    async with client(create_app(fixed())) as http:
        answer = await http.post("/v1alpha1/comments:analyze", content=body)
    assert error_of(answer)["status"] == "INVALID_ARGUMENT"


async def test_a_body_beyond_all_measure_is_refused(client, fixed):
    async with client(create_app(fixed(), max_bytes=100)) as http:
        answer = await http.post("/v1alpha1/comments:analyze", content=b"x" * 100_000)
    error_of(answer, 413)


@dataclass
class Failing:
    problem: Exception
    name: str = "failing"
    languages: frozenset[str] = frozenset()

    async def score(self, text, language):
        raise self.problem


async def test_a_scorer_that_is_away_is_an_error_and_never_a_score(ask):
    assert error_of(await ask(scorer=Failing(ScorerUnavailable("away"))), 503)["status"] == "UNAVAILABLE"


async def test_a_scorer_that_refuses_a_language_is_told_in_the_same_words(ask):
    error = error_of(await ask(scorer=Failing(LanguageNotJudged("no"))))
    assert error["details"][0]["errorType"] == "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE"


async def test_a_fault_of_ours_is_internal_and_quotes_no_text(ask, caplog):
    secret = "Nobody may read this sentence in a log."
    error = error_of(await ask(secret, scorer=Failing(RuntimeError(secret))), 500)
    assert error["status"] == "INTERNAL"
    assert secret not in caplog.text + json.dumps(error)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    st.text(ANY, max_size=300),
    st.booleans(),
)
async def test_any_text_gets_an_answer_with_sound_spans(ask, text, by_sentence):
    answer = await ask(text, spanAnnotations=by_sentence, languages=["en"])
    if answer.status_code == 400:
        assert not text.strip()
        return
    spans = answer.json()["attributeScores"]["TOXICITY"]["spanScores"]
    places = [place for span in spans for place in (span["begin"], span["end"])]
    assert spans
    assert places == sorted(places)
    assert places[-1] <= len(text.encode("utf-16-le", "surrogatepass")) // 2
