from datetime import UTC, datetime
from typing import Any

import pytest

from bots.cli.drafting import BadDraft, Wishes, draft
from bots.newsroom.alerts.article import Article, Link, LinkKind
from bots.newsroom.polls.service import OPEN_FOR

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
QUESTION = "Should there be harsher sanctions?"
ARTICLE = Article(
    "Strike on the port",
    "Two were hurt.",
    links=(Link("", "https://news.example/a", LinkKind.STORY),),
    question=QUESTION,
    language="en",
)


def drafted(article: Article = ARTICLE, **wishes: Any) -> Any:
    return draft(article, Wishes(**wishes), NOW)


def test_a_yes_or_no_question_gets_its_poll_without_being_asked_for() -> None:
    poll = drafted().poll
    assert (poll.question, poll.options, poll.closes_at) == (QUESTION, ("Yes", "No", "Not sure"), NOW + OPEN_FOR)


def test_flags_override_what_the_article_says() -> None:
    alert = drafted(headline="Other", standfirst="", link="https://news.example/b", poll=False).alert
    assert (alert.article.headline, alert.article.standfirst) == ("Other", "")
    assert [link.url for link in alert.article.links] == ["https://news.example/b"]


def test_options_are_the_editors_when_given() -> None:
    assert drafted(question="How should Europe answer?", options=("Talk", "Wait")).poll.options == ("Talk", "Wait")


def test_a_question_with_more_answers_than_yes_and_no_is_asked_without_a_poll_and_that_is_said() -> None:
    drafts = drafted(question="How should Europe answer?")
    assert drafts.poll is None
    assert "--option" in drafts.notes[0]


@pytest.mark.parametrize(
    ("wishes", "advice"),
    [
        ({"question": "How should Europe answer?", "poll": True}, "--option"),
        ({"question": "", "poll": True}, "--question"),
        ({"question": "", "options": ("A", "B")}, "--question"),
        ({"link": "javascript:alert(1)"}, "https://"),
    ],
)
def test_what_does_not_fit_together_is_refused_with_what_to_give(wishes: dict[str, Any], advice: str) -> None:
    with pytest.raises(BadDraft, match=advice):
        drafted(**wishes)


def test_no_poll_means_no_poll() -> None:
    assert drafted(poll=False).poll is None
