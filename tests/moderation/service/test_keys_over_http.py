"""Keys and quotas as a client meets them; the store behind is tested beside it."""

from dataclasses import dataclass, field

import pytest

from moderation import Allowance, StoreAway
from moderation.service import Parts, create_app

ANALYZE = "/v1alpha1/comments:analyze"
QUESTION = {"comment": {"text": "This is good."}, "requestedAttributes": {"TOXICITY": {}}, "languages": ["en"]}
SUGGESTION = {"comment": {"text": "Hi"}, "attributeScores": {"TOXICITY": {"summaryScore": {"value": 1}}}}


@dataclass
class OneKey:
    """Lets `secret` ask three times."""

    limit: int = 3
    used: int = 0
    asked: list[str] = field(default_factory=list)

    async def take(self, key: str, questions: int) -> Allowance | None:
        self.asked.append(key)
        if key != "secret":
            return None
        granted = self.used + questions <= self.limit
        self.used += questions if granted else 0
        return Allowance("coral", self.limit, self.limit - self.used, 42, granted)


class NoStore:
    async def take(self, key: str, questions: int) -> Allowance | None:
        raise StoreAway("the store does not answer")


@pytest.fixture
def service(client, fixed):
    def with_keys(keys):
        return client(create_app(fixed(), Parts(keys=keys)))

    return with_keys


@pytest.mark.parametrize("given", [{"params": {"key": "secret"}}, {"headers": {"X-Goog-Api-Key": "secret"}}])
async def test_a_key_opens_the_service_and_the_answer_tells_what_is_left(service, given):
    async with service(OneKey()) as http:
        answer = await http.post(ANALYZE, json=QUESTION, **given)
    assert answer.status_code == 200
    told = {name: answer.headers[f"x-ratelimit-{name}"] for name in ("limit", "remaining", "reset")}
    assert told == {"limit": "3", "remaining": "2", "reset": "42"}


@pytest.mark.parametrize("path", [ANALYZE, "/v1alpha1/comments:suggestscore", "/v1/comments:score"])
async def test_nobody_asks_without_a_key(service, path):
    async with service(OneKey()) as http:
        without, wrong = await http.post(path), await http.post(path, params={"key": "guess"})
    assert (without.status_code, without.json()["error"]["status"]) == (403, "PERMISSION_DENIED")
    error = wrong.json()["error"]
    assert (wrong.status_code, error["message"]) == (400, "API key not valid. Please pass a valid API key.")
    assert error["details"][0]["reason"] == "API_KEY_INVALID"


async def test_a_used_up_quota_is_told_in_googles_words(service):
    async with service(OneKey(limit=1)) as http:
        _, answer = [await http.post(ANALYZE, json=QUESTION, params={"key": "secret"}) for _ in range(2)]
    error = answer.json()["error"]
    assert (answer.status_code, error["status"]) == (429, "RESOURCE_EXHAUSTED")
    assert error["message"] == (
        "Quota exceeded for quota metric 'Analysis requests (AnalyzeComment)' and limit 'Analysis requests "
        "(AnalyzeComment) per minute' of service 'commentanalyzer.googleapis.com' for consumer 'project_number:coral'."
    )
    info, help_ = error["details"]
    assert (info["reason"], info["domain"]) == ("RATE_LIMIT_EXCEEDED", "googleapis.com")
    assert info["metadata"]["quota_limit"] == "AnalyzeRequestsPerMinutePerProject"
    assert info["metadata"]["quota_limit_value"] == "1"
    assert info["metadata"]["quota_metric"] == "CommentAnalyzerService/analyze_requests"
    assert help_["@type"] == "type.googleapis.com/google.rpc.Help"
    assert (answer.headers["retry-after"], answer.headers["x-ratelimit-remaining"]) == ("42", "0")


async def test_an_error_tells_what_is_left_too(service):
    async with service(OneKey()) as http:
        answer = await http.post(ANALYZE, json={}, params={"key": "secret"})
    assert (answer.status_code, answer.headers["x-ratelimit-remaining"]) == (400, "2")


async def test_every_comment_of_a_batch_counts(service):
    keys = OneKey(limit=3)
    async with service(keys) as http:
        rows = {"comments": [{"text": "Thank you.", "lang": "en"}] * 3}
        answers = [await http.post("/v1/comments:score", json=rows, params={"key": "secret"}) for _ in range(2)]
    assert ([answer.status_code for answer in answers], keys.used) == ([200, 429], 3)


async def test_suggestions_count_as_questions(service):
    keys = OneKey()
    async with service(keys) as http:
        await http.post("/v1alpha1/comments:suggestscore", json=SUGGESTION, params={"key": "secret"})
    assert keys.used == 1


async def test_nobody_is_let_in_while_keys_cannot_be_checked(service):
    async with service(NoStore()) as http:
        answer = await http.post(ANALYZE, json=QUESTION, params={"key": "secret"})
    assert (answer.status_code, answer.json()["error"]["status"]) == (503, "UNAVAILABLE")


async def test_health_metrics_and_the_discovery_document_need_no_key(service):
    async with service(OneKey()) as http:
        paths = ("/healthz", "/readyz", "/metrics", "/$discovery/rest")
        assert [(await http.get(path)).status_code for path in paths] == [200] * 4
