"""From an article and an editor's flags to what will be sent. Pure: nothing is stored and nothing is shown here."""

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from bots.newsroom.alerts.alert import AlertDraft, Importance
from bots.newsroom.alerts.article import Article, Link, LinkKind
from bots.newsroom.polls.poll import PollDraft
from bots.newsroom.polls.question import default_options
from bots.newsroom.polls.service import OPEN_FOR


class BadDraft(Exception):
    """The flags do not fit together; the text says what to give instead."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """The flags of `alert send` that override what the article says. None: as the article has it."""

    headline: str | None = None
    standfirst: str | None = None
    link: str | None = None
    question: str | None = None
    options: tuple[str, ...] = ()
    poll: bool | None = None
    """True: there must be a poll. False: there must not. None: if the article asks a question we have options for."""
    importance: Importance = Importance.MAJOR
    topic: str = "general"


@dataclass(frozen=True, slots=True)
class Drafts:
    alert: AlertDraft
    poll: PollDraft | None
    notes: tuple[str, ...] = ()
    """What the editor should know before sending."""


def draft(article: Article, wishes: Wishes, publish_at: datetime) -> Drafts:
    """Raises BadDraft when a poll is wanted and there is no question, or no options are known for it."""
    told = _overridden(article, wishes)
    poll, notes = _poll(told, wishes, publish_at)
    return Drafts(AlertDraft(told, wishes.importance, wishes.topic), poll, notes)


def _overridden(article: Article, wishes: Wishes) -> Article:
    return replace(
        article,
        headline=article.headline if wishes.headline is None else wishes.headline,
        standfirst=article.standfirst if wishes.standfirst is None else wishes.standfirst,
        question=article.question if wishes.question is None else wishes.question,
        links=article.links if wishes.link is None else _linked(article, wishes.link),
    )


def _linked(article: Article, url: str) -> tuple[Link, ...]:
    others = tuple(link for link in article.links if link.kind is not LinkKind.STORY)
    return (Link("", _checked(url), LinkKind.STORY), *others)


def _checked(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise BadDraft(f"--link {url} is no web address; it starts with https://.")
    return url


def _poll(article: Article, wishes: Wishes, publish_at: datetime) -> tuple[PollDraft | None, tuple[str, ...]]:
    if wishes.poll is False:
        return None, ()
    if not article.question:
        if wishes.poll or wishes.options:
            raise BadDraft("There is no question to ask: the article closes with none. Give one with --question.")
        return None, ()
    options = wishes.options or default_options(article.question, article.language)
    if options:
        return PollDraft(article.question, options, publish_at + OPEN_FOR), ()
    if wishes.poll:
        raise BadDraft(f"«{article.question}» is no yes-or-no question: give each answer with --option.")
    return None, ("The question is asked without a poll: it is no yes-or-no question. Give answers with --option.",)
