"""What readers and moderators are shown, as plain values."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bots.newsroom.actions import Action, Verb, parse_action
from bots.newsroom.alerts.alert import Alert, AlertState, Importance
from bots.newsroom.alerts.article import Article, Link, LinkKind
from bots.newsroom.alerts.message import alert_message
from bots.newsroom.comments.comment import AuthorRecord, Comment, CommentState
from bots.newsroom.comments.messages import card_message, decided_message, mine_message, outcome_message
from bots.newsroom.delivery.joining import join_messages
from bots.newsroom.messages import Choice, Message, Platform, Quote, Tone
from bots.newsroom.polls.card import bars, footer, vote_answer, vote_buttons
from bots.newsroom.polls.poll import Poll, PollState, VoteOutcome, VoteResult
from bots.newsroom.readers import Reader
from moderation import Decision, Finding, Outcome

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ARTICLE = Article(
    headline="Missile strike hits the port",
    standfirst="Two people were hurt, officials said.",
    key_facts=("It struck at dawn.",),
    next_steps=("The council meets at noon.",),
    links=(
        Link("Full story", "https://news.example/strike", LinkKind.STORY),
        Link("The ministry", "https://gov.example/statement", LinkKind.OFFICIAL),
    ),
    question="Should there be harsher sanctions?",
)
ALERT = Alert(
    id="a1",
    story_id="s1",
    article=ARTICLE,
    importance=Importance.BREAKING,
    topic="world",
    poll_id="p1",
    state=AlertState.PUBLISHED,
    version=1,
    created_at=NOW,
    publish_at=NOW,
)
POLL = Poll(
    id="p1",
    question="Should there be harsher sanctions?",
    options=("Yes", "No", "Not sure"),
    opened_at=NOW,
    closes_at=NOW,
    state=PollState.OPEN,
    version=3,
    votes={Platform.TELEGRAM: (1, 0, 0), Platform.DISCORD: (2, 1, 0)},
)
COMMENT = Comment(
    id="c1",
    story_id="s1",
    author=Reader(Platform.DISCORD, "7", "Ana"),
    text="I read the report.",
    kind="text",
    reply_to="",
    answer=None,
    direct=False,
    state=CommentState.HELD,
    version=2,
    submitted_at=NOW,
    decision=Decision(
        outcome=Outcome.HOLD,
        findings=(
            Finding("links", Outcome.HOLD, "It holds a link."),
            Finding("length", Outcome.APPROVE, "18 characters"),
        ),
        scores={"toxicity": 0.61},
        scorer="builtin",
        language="en",
    ),
)


def test_an_alert_shows_what_the_article_says_and_nothing_else() -> None:
    message = alert_message(ALERT)
    assert [section.heading for section in message.sections] == ["What we know", "What happens next"]
    assert [anchor.url for anchor in message.links] == ["https://gov.example/statement"]
    assert [choice.label for choice in message.choices[0]] == ["Read", "Comment"]
    assert message.tone is Tone.BREAKING


def test_a_retracted_alert_gives_its_reason_and_loses_its_buttons() -> None:
    message = alert_message(replace(ALERT, state=AlertState.RETRACTED, reason="The source was wrong."))
    assert "Retracted" in message.title
    assert message.body == "The source was wrong."
    assert not message.choices
    assert not message.sections


def test_a_poll_adds_both_platforms_and_says_what_it_is_worth() -> None:
    assert [(bar.label, bar.count) for bar in bars(POLL)] == [("Yes", 3), ("No", 1), ("Not sure", 0)]
    assert bars(POLL)[0].share == 0.75
    assert footer(POLL) == "4 votes (1 on Telegram, 3 on Discord). Reader vote, not representative."


def test_a_closed_poll_has_no_buttons() -> None:
    assert vote_buttons(replace(POLL, state=PollState.CLOSED)) == ()
    assert [choice.label for choice in vote_buttons(POLL)[0]] == ["Yes", "No", "Not sure"]


@pytest.mark.parametrize("outcome", list(VoteOutcome))
def test_every_vote_is_answered_within_telegrams_200_characters(outcome: VoteOutcome) -> None:
    long = replace(POLL, options=("x" * 55, "No", "Not sure"))
    assert 0 < len(vote_answer(long, VoteResult(outcome, 0))) <= 200


def test_a_card_shows_words_reasons_scores_and_the_authors_record() -> None:
    message = card_message(COMMENT, "Missile strike hits the port", AuthorRecord(published=3, rejected=1))
    assert message.quotes[0] == Quote("I read the report.", "Ana · Discord")
    assert message.sections[0].lines == ("links: It holds a link.",)
    assert "toxicity 0.61" in message.sections[1].lines[0]
    assert "3 published, 1 rejected" in message.footer
    assert [choice.label for choice in message.choices[0]] == ["Approve", "Reject"]


def test_a_decided_card_says_who_decided_and_an_approved_one_can_be_taken_down() -> None:
    message = decided_message(replace(COMMENT, state=CommentState.PUBLISHED, decided_by="Mara"), "Headline")
    assert message.title == "Approved by Mara"
    assert [choice.label for row in message.choices for choice in row] == ["Take down"]


@pytest.mark.parametrize("state", [state for state in CommentState if state is not CommentState.SUBMITTED])
def test_the_author_hears_every_outcome(state: CommentState) -> None:
    message = outcome_message(replace(COMMENT, state=state))
    assert message is not None
    assert message.title


def test_what_is_still_being_checked_is_no_outcome() -> None:
    assert outcome_message(replace(COMMENT, state=CommentState.SUBMITTED)) is None


def test_a_refusal_gives_the_rules_it_broke() -> None:
    finding = Finding("length", Outcome.REJECT, "It has 2,000 characters; 1,500 are allowed.")
    decision = replace(COMMENT.decision or pytest.fail("no decision"), findings=(finding,))
    message = outcome_message(replace(COMMENT, state=CommentState.REJECTED, decision=decision))
    assert message is not None
    assert "1,500 are allowed" in message.body


def test_ones_own_comments_can_be_taken_back_while_that_changes_something() -> None:
    message = mine_message((COMMENT, replace(COMMENT, id="c2", state=CommentState.REJECTED)))
    assert [choice.action for row in message.choices for choice in row] == ["withdraw:c1"]


def test_joined_comments_keep_order_and_say_whom_a_reply_goes_to() -> None:
    def said(name: str) -> Message:
        return Message(quotes=(Quote("text", f"{name} · Discord"),), choices=((Choice("Reply", f"reply:{name}"),),))

    joined = join_messages([said("Ana"), said("Ben"), said("Cy")])
    assert joined is not None
    assert [quote.byline.split(" · ")[0] for quote in joined.quotes] == ["Ana", "Ben", "Cy"]
    assert [choice.label for row in joined.choices for choice in row] == ["Reply to Ana", "Reply to Ben", "Reply to Cy"]
    assert join_messages([]) is None


@pytest.mark.parametrize("action", [Action(Verb.VOTE, "p1", "0"), Action(Verb.NEXT), Action(Verb.APPROVE, "c9")])
def test_an_action_survives_the_way_through_a_button(action: Action) -> None:
    assert parse_action(str(action)) == action


@pytest.mark.parametrize("text", ["", "vote:p1:0:x", "drop:table", ":", "VOTE:p1"])
def test_a_foreign_action_is_none_of_ours(text: str) -> None:
    assert parse_action(text) is None
