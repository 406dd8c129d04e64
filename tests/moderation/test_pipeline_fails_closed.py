import asyncio
import logging
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moderation import (
    LABELS,
    Finding,
    LanguageNotJudged,
    Outcome,
    Pipeline,
    Policy,
    ScorerUnavailable,
    Scores,
    house_rules,
)

ANY = st.characters(exclude_categories=()) | st.sampled_from("\ud83d\udc00\u200b\u0301 .")
GOOD = "The sanctions should have come years ago, in my opinion."


@dataclass
class Failing:
    problem: Exception
    name: str = "failing"
    languages: frozenset[str] = frozenset({"en"})

    async def score(self, text, language):
        raise self.problem


class Slow:
    name = "slow"
    languages = frozenset({"en"})

    async def score(self, text, language):
        await asyncio.sleep(60)
        raise AssertionError("nobody waits that long")


class Broken:
    name = "broken rule"

    def judge(self, reading):
        raise ValueError(f"cannot judge {reading.text}")


class Approving:
    name = "approving"

    def judge(self, reading):
        return Finding(self.name, Outcome.APPROVE, "Nothing found.")


async def test_a_harmless_comment_is_approved_with_a_finding_of_every_rule(judge, fixed):
    decision = await judge(GOOD)
    assert decision.outcome is Outcome.APPROVE
    assert [finding.phase for finding in decision.findings] == [
        "kind", "length", "repeat", "banned words", "suspect words", "links", "language", "toxicity",
    ]  # fmt: skip
    assert all(finding.detail for finding in decision.findings)
    assert (decision.scorer, decision.language, set(decision.scores)) == ("fixed", "en", set(LABELS))


@pytest.mark.parametrize(
    ("scorer", "told"),
    [
        (Failing(ScorerUnavailable("the model is away")), "the model is away"),
        (Failing(LanguageNotJudged("not trained on it")), "not trained on it"),
        (Failing(RuntimeError("boom")), "failed with RuntimeError"),
        (Slow(), "did not answer within 0.2 s"),
    ],
)
async def test_a_comment_that_nobody_scored_is_held_and_says_why(judge, scorer, told):
    decision = await judge(GOOD, scorer=scorer)
    assert decision.outcome is Outcome.HOLD
    assert [(finding.phase, told in finding.detail) for finding in decision.reasons] == [("toxicity", True)]
    assert decision.scores == {}


@pytest.mark.parametrize("values", [{}, {"insult": 0.1}, *({"toxicity": bad} for bad in (float("nan"), 1.5, -0.1))])
async def test_scores_that_are_no_probabilities_count_as_no_score(judge, fixed, values):
    decision = await judge(GOOD, scorer=fixed(values))
    assert decision.outcome is Outcome.HOLD
    assert decision.scorer is None


async def test_no_score_holds_also_where_no_rule_asks_for_one(submission):
    away = Failing(ScorerUnavailable("away"))
    assert (await Pipeline((Approving(),), away).judge(submission(GOOD))).outcome is Outcome.HOLD


async def test_words_and_records_still_apply_while_the_scorer_is_down(judge):
    away = Failing(ScorerUnavailable("away"))
    decision = await judge("You utter knave, sir, and a fool", scorer=away, policy=Policy(banned_words=("knave",)))
    assert decision.outcome is Outcome.REJECT


async def test_a_rule_that_fails_holds_the_comment(submission, fixed):
    decision = await Pipeline((Approving(), Broken()), fixed()).judge(submission(GOOD))
    assert decision.outcome is Outcome.HOLD
    assert decision.reasons[0].phase == "broken rule"


async def test_the_log_of_a_failure_does_not_quote_the_reader(submission, fixed, caplog):
    with caplog.at_level(logging.DEBUG):
        await Pipeline((Broken(),), Failing(RuntimeError(GOOD))).judge(submission(GOOD))
    assert "ValueError" in caplog.text
    assert "RuntimeError" in caplog.text
    assert GOOD not in caplog.text


async def test_the_strictest_finding_wins_and_none_is_lost(judge, fixed):
    text = "See https://spam.example/now you knave"
    decision = await judge(text, scorer=fixed({"toxicity": 0.9}), policy=Policy(banned_words=("knave",)))
    assert decision.outcome is Outcome.REJECT
    assert [finding.phase for finding in decision.reasons] == ["banned words", "links", "toxicity"]


async def test_a_score_alone_never_refuses(judge, fixed):
    decision = await judge(GOOD, scorer=fixed(dict.fromkeys(LABELS, 1.0)))
    assert decision.outcome is Outcome.HOLD


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(
    st.text(ANY, max_size=200),
    st.text(max_size=30),
)
def test_no_text_crashes_the_rules_and_every_span_lies_inside_it(submission, fixed, text, recent):
    scorer = fixed()
    policy = Policy(banned_words=("idiot*", "two words"), suspect_words=("*bad*",))
    pipeline = Pipeline(house_rules(policy, scorer), scorer)
    decision = asyncio.run(pipeline.judge(submission(text, recent=(recent, text[:50]))))
    assert not [finding for finding in decision.findings if "This rule failed" in finding.detail]
    for finding in decision.findings:
        assert all(0 <= span.begin < span.end <= len(text) for span in finding.spans)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.text(ANY, max_size=200))
def test_nothing_is_ever_published_without_a_score(submission, text):
    scorer = Failing(ScorerUnavailable("away"))
    pipeline = Pipeline(house_rules(Policy(), scorer), scorer)
    assert asyncio.run(pipeline.judge(submission(text))).outcome is not Outcome.APPROVE


async def test_a_cancelled_judgement_stops_and_decides_nothing(submission):
    task = asyncio.create_task(Pipeline((Approving(),), Slow(), time_limit=60).judge(submission(GOOD)))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


def test_scores_are_plain_values():
    assert Scores({"toxicity": 0.1}, "en", "x") == Scores({"toxicity": 0.1}, "en", "x")
