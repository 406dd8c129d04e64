"""comments:suggestscore over HTTP, with the requests that clients were seen to send."""

import json
from dataclasses import dataclass, field

import pytest

from moderation.ports import StoreAway, Suggestion
from moderation.service import Parts, create_app

PATH = "/v1alpha1/comments:suggestscore"
OF_CORAL = {
    "comment": {"text": "hi"},
    "context": {"entries": [{"text": '{"url":"https://news.example/story?commentID=c1","Coral_comment_id":"c1"}'}]},
    "attributeScores": {"TOXICITY": {"summaryScore": {"value": 0}}},
    "languages": ["pt"],
    "communityId": "Coral:https://coral.example",
    "clientToken": "comment:c1",
}


@dataclass
class Kept:
    rows: list[Suggestion] = field(default_factory=list)

    async def keep(self, suggestion: Suggestion) -> None:
        self.rows.append(suggestion)


@dataclass
class Lost:
    async def keep(self, suggestion: Suggestion) -> None:
        raise StoreAway("the store does not answer")


@pytest.fixture
def suggest(client, fixed):
    async def post(question, labels=None):
        async with client(create_app(fixed(), Parts(labels=labels))) as http:
            return await http.post(PATH, content=json.dumps(question))

    return post


async def test_what_coral_sends_is_answered_exactly_and_kept_as_a_labelled_row(suggest):
    kept = Kept()
    answer = await suggest(OF_CORAL, kept)
    assert (answer.status_code, answer.json()["clientToken"]) == (200, "comment:c1")
    assert answer.json()["requestedLanguages"] == ["pt"]
    assert set(answer.json()) == {"clientToken", "detectedLanguages", "requestedLanguages"}
    row = Suggestion("hi", {"toxicity": 0.0}, ("pt",), "comment:c1", "Coral:https://coral.example")
    assert kept.rows == [row]


async def test_a_suggestion_without_labels_to_keep_it_in_is_answered_all_the_same(suggest):
    answer = await suggest({"comment": {"text": "This is a good article."}, "attributeScores": score(value=1)})
    assert (answer.status_code, answer.json()) == (200, {"detectedLanguages": ["en"]})


async def test_a_suggestion_that_could_not_be_kept_is_no_success(suggest):
    answer = await suggest(OF_CORAL, Lost())
    assert (answer.status_code, answer.json()["error"]["status"]) == (503, "UNAVAILABLE")


async def test_spans_alone_count_by_their_highest(suggest):
    kept = Kept()
    spans = [{"begin": 0, "end": 2, "score": {"value": value, "type": "PROBABILITY"}} for value in (0.2, 1)]
    await suggest({"comment": {"text": "hi"}, "attributeScores": {"INSULT": {"spanScores": spans}}}, kept)
    assert kept.rows[0].values == {"insult": 1.0}


def score(**values):
    return {"TOXICITY": {"summaryScore": values}}


@pytest.mark.parametrize(
    "scores",
    [
        None,
        {},
        {"TOXICITY": {}},
        {"TOXICITY": None},
        {"TOXICITY": {"spanScores": []}},
        {"TOXICITY": {"spanScores": [{"begin": 0, "score": {"value": 1}}]}},
        {"TOXICITY": {"spanScores": [{"begin": 3, "end": 1, "score": {"value": 1}}]}},
        {"TOXICITY": {"spanScores": [{"begin": 0, "end": 2}]}},
        {"TOXICITY": {"spanScores": {}}},
        score(),
        score(value="1"),
        score(value=True),
        score(value=1.5),
        score(value=float("nan")),
        score(value=1, type="PERCENTILE"),
        {"SPAM": {"summaryScore": {"value": 1}}},
        [],
    ],
)
async def test_malformed_scores_are_an_invalid_argument_and_kept_nowhere(suggest, scores):
    kept = Kept()
    answer = await suggest({"comment": {"text": "hi"}, "attributeScores": scores}, kept)
    assert (answer.status_code, answer.json()["error"]["status"]) == (400, "INVALID_ARGUMENT")
    assert kept.rows == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"comment": {"text": " "}},
        {"comment": {"text": "x" * 20_481}},
        {"clientToken": 5},
        {"sessionId": 5},
        {"communityId": []},
        {"languages": "en"},
        {"surprise": 1},
        {"context": {"entries": [{"text": "a"}], "articleAndParentComment": {"article": {"text": "b"}}}},
    ],
)
async def test_the_other_fields_are_checked_as_for_a_question(suggest, wrong):
    answer = await suggest(OF_CORAL | wrong)
    assert (answer.status_code, answer.json()["error"]["status"]) == (400, "INVALID_ARGUMENT")
