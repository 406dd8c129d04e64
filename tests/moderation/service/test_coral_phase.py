"""Coral's external moderation phase over HTTP: what Coral 9.11.8 sends, and answers in the only words it takes."""

import hashlib
import hmac
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from moderation import LABELS, Pipeline, Policy, Scores, StoreAway, house_rules
from moderation.service import Coral, Parts, create_app

SECRET = "7c1f"
STATUSES = {"NONE", "APPROVED", "REJECTED", "PREMOD", "SYSTEM_WITHHELD"}
FLAGS = {"COMMENT_DETECTED_TOXIC", "COMMENT_DETECTED_SPAM"}
CODES = {
    "OFFENSIVE", "ABUSIVE", "SPAM", "BANNED_WORD", "AD", "ILLEGAL_CONTENT", "HARASSMENT_BULLYING", "MISINFORMATION",
    "HATE_SPEECH", "IRRELEVANT_CONTENT", "OTHER",
}  # fmt: skip


def recorded(text: str, action: str = "NEW") -> bytes:
    """As JSON.stringify(data, null, 2) writes it."""
    sent = {
        "action": action,
        "comment": {"body": text, "parentID": None},
        "author": {"id": "a1", "role": "COMMENTER"},
        "story": {"id": "s1", "url": "https://news.example/story"},
        "site": {"id": "site"},
        "tenantID": "t1",
        "tenantDomain": "coral.example",
    }
    return json.dumps(sent, indent=2, ensure_ascii=False).encode("utf-8", "surrogatepass")


def signed(body: bytes, *secrets: str) -> dict[str, str]:
    signatures = [hmac.new(each.encode(), body, hashlib.sha256).hexdigest() for each in secrets or (SECRET,)]
    return {
        "X-Coral-Signature": ",".join(f"sha256={each}" for each in signatures),
        "User-Agent": "Coral Moderation/9.11.8",
        "Content-Type": "application/json",
    }


@dataclass
class Rude:
    """Some words score high."""

    languages: frozenset[str] = frozenset({"en"})
    name: str = "rude"
    problem: Exception | None = None

    async def score(self, text, language):
        if self.problem:
            raise self.problem
        return Scores(dict.fromkeys(LABELS, 0.9 if "fool" in text else 0.01), "en", self.name)


@dataclass
class Recent:
    texts: list[str] = field(default_factory=list)
    authors: set[str] = field(default_factory=set)

    async def exchange(self, author, text):
        before = tuple(self.texts)
        self.authors.add(author)
        self.texts.append(text)
        return before


class Forgetful:
    async def exchange(self, author, text):
        raise StoreAway("gone")


@pytest.fixture
def ask(client):
    async def post(*bodies, scorer=None, history=None, headers=None):
        scorer = scorer or Rude()
        policy = Policy(banned_words=("scumbag",), suspect_words=("clown",))
        pipeline = Pipeline(house_rules(policy, scorer), scorer)
        coral = Coral(SECRET, pipeline, lambda: datetime(2026, 11, 1, tzinfo=UTC), history)
        async with client(create_app(scorer, Parts(coral=coral))) as http:
            for body in bodies:
                answer = await http.post("/coral/moderation", content=body, headers=headers or signed(body))
        return answer

    return post


FAIR = "A fair point, and thank you for the article."


async def test_what_the_house_rules_let_pass_is_no_opinion_so_that_corals_own_phases_count(ask):
    answer = await ask(recorded(FAIR))
    assert (answer.status_code, answer.content) == (200, b"{}")


async def test_a_toxic_comment_is_withheld_and_flagged(ask):
    answer = await ask(recorded("What a fool you are to write such an article."))
    assert answer.json() == {
        "status": "SYSTEM_WITHHELD",
        "actions": [{"actionType": "FLAG", "reason": "COMMENT_DETECTED_TOXIC"}],
    }


async def test_every_finding_flags_not_only_the_first(ask):
    answer = await ask(recorded("What a fool you are, see https://spam.example/buy for more of this."))
    assert answer.json()["status"] == "SYSTEM_WITHHELD"
    assert {action["reason"] for action in answer.json()["actions"]} == FLAGS


async def test_a_banned_word_rejects_with_its_reason(ask):
    answer = await ask(recorded("The mayor is a scumbag and everybody knows that."))
    assert answer.json() == {
        "status": "REJECTED",
        "moderationAction": {
            "status": "REJECTED",
            "rejectionReason": {
                "code": "BANNED_WORD",
                "detailedExplanation": "It uses banned words: \u201cscumbag\u201d.",
            },
        },
    }


async def test_a_text_that_is_too_long_is_rejected_as_other_with_our_words(ask):
    reason = (await ask(recorded("Very well. " * 200))).json()["moderationAction"]["rejectionReason"]
    assert (reason["code"], reason["customReason"]) == ("OTHER", "length")
    assert "at most 1,500" in reason["detailedExplanation"]


async def test_the_same_again_from_one_author_is_spam_but_an_edit_of_it_is_not(ask):
    history = Recent()
    again = await ask(recorded(FAIR), recorded(FAIR), history=history)
    edited = await ask(recorded(FAIR, "EDIT"), history=history)
    assert again.json()["moderationAction"]["rejectionReason"]["code"] == "SPAM"
    assert edited.json() == {}
    assert history.authors == {"coral:t1:a1"}


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("", {}),  # a picture alone
        ("Das ist doch wirklich ein guter Artikel gewesen.", {}),
        (FAIR, {"scorer": Rude(problem=RuntimeError("secret words"))}),
        (FAIR, {"history": Forgetful()}),
    ],
)
async def test_what_nobody_could_judge_waits_for_a_person(ask, text, more):
    answer = await ask(recorded(text), **more)
    assert (answer.status_code, answer.json()) == (200, {"status": "PREMOD"})


async def test_any_of_several_signatures_counts_while_coral_changes_its_secret(ask):
    body = recorded(FAIR)
    assert (await ask(body, headers=signed(body, "old", SECRET))).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Coral-Signature": ""},
        {"X-Coral-Signature": "sha256="},
        {"X-Coral-Signature": "sha256=" + "0" * 64},
        {"X-Coral-Signature": "sha256=\xff"},
        signed(recorded(FAIR), "other"),
        signed(recorded(FAIR + " ")),
        {"User-Agent": "Coral Moderation/9.11.8"},
    ],
)
async def test_what_coral_did_not_sign_gets_no_judgement(ask, headers):
    answer = await ask(recorded(FAIR), headers={name: value.encode("latin-1") for name, value in headers.items()})
    assert (answer.status_code, answer.json()["error"]["status"]) == (401, "UNAUTHENTICATED")


async def test_the_signature_is_of_the_bytes_as_they_came(ask):
    compact = json.dumps(json.loads(recorded(FAIR))).encode()
    assert (await ask(compact)).status_code == 200
    assert (await ask(compact, headers=signed(recorded(FAIR)))).status_code == 401


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b"\xff", b'{"comment": {"body": 1}}', recorded(FAIR).replace(b'"a1"', b"null")]
)
async def test_a_signed_body_that_is_no_comment_is_refused(ask, body):
    assert (await ask(body)).status_code == 400


async def test_without_a_secret_the_phase_is_off_and_says_how_to_turn_it_on(client, fixed):
    async with client(create_app(fixed())) as http:
        answer = await http.post("/coral/moderation", content=recorded(FAIR), headers=signed(recorded(FAIR)))
    assert answer.status_code == 404
    assert "NEWSDESK_CORAL_SECRET" in answer.json()["error"]["message"]


async def test_answers_hold_nothing_that_would_fail_corals_schema(ask):
    for text in (
        FAIR,
        "You clown, read it again please.",
        "You fool, a scumbag",
        "x" * 2000,
        "See https://x.example now",
    ):
        answer = (await ask(recorded(text))).json()
        assert answer.keys() <= {"status", "actions", "tags", "moderationAction"}
        assert answer.get("status", "NONE") in STATUSES
        assert {action["reason"] for action in answer.get("actions", [])} <= FLAGS
        rejection = answer.get("moderationAction", {}).get("rejectionReason", {})
        assert rejection.get("code", "OTHER") in CODES
        assert rejection.keys() <= {"code", "legalGrounds", "detailedExplanation", "customReason"}
