"""What an alert looks like, in plain structure."""

from collections.abc import Sequence

from bots.newsroom.actions import Action, Verb
from bots.newsroom.alerts.alert import Alert, AlertState, Importance
from bots.newsroom.alerts.article import Article, LinkKind
from bots.newsroom.messages import Anchor, Choice, Message, Section, Tone

TITLE = 100
"""Discord's longest thread name."""


def alert_message(alert: Alert) -> Message:
    """The post for a published alert, or what stands in its place once it was retracted."""
    if alert.state is AlertState.RETRACTED:
        return _retraction(alert)
    article = alert.article
    return Message(
        title=article.headline,
        kicker="Breaking" if alert.importance is Importance.BREAKING else "",
        tone=Tone.BREAKING if alert.importance is Importance.BREAKING else Tone.NEUTRAL,
        body=article.standfirst,
        sections=_sections(article),
        question=article.question,
        links=_links(article),
        image_url=article.image_url,
        choices=(_buttons(alert),),
        silent=alert.importance is Importance.MINOR,
        topic=alert.topic,
        thread_title=article.headline[:TITLE],
    )


def thread_message(alert: Alert) -> Message:
    """The first words in a story's comment thread."""
    return Message(
        title="Share your thoughts",
        body="Comments are checked before they appear, and show on Telegram and on Discord.",
        choices=((Choice("Write a comment", str(Action(Verb.COMMENT, alert.story_id))),),),
        silent=True,
    )


def _retraction(alert: Alert) -> Message:
    return Message(
        title=f"Retracted: {alert.article.headline}",
        tone=Tone.BAD,
        body=alert.reason or "This alert was wrong and has been withdrawn.",
        thread_title=alert.article.headline[:TITLE],
    )


def _sections(article: Article) -> tuple[Section, ...]:
    found = (
        Section("What we know", article.key_facts),
        Section("What is disputed", article.disputed),
        Section("What happens next", article.next_steps),
    )
    return tuple(section for section in found if section.lines)


def _links(article: Article) -> tuple[Anchor, ...]:
    shown = (LinkKind.MORE, LinkKind.OFFICIAL, LinkKind.RELATED)
    return tuple(
        Anchor(link.label or link.url, link.url) for kind in shown for link in article.links if link.kind is kind
    )


def _buttons(alert: Alert) -> tuple[Choice, ...]:
    read: Sequence[Choice] = [
        Choice("Read", url=link.url) for link in alert.article.links if link.kind is LinkKind.STORY
    ][:1]
    return (*read, Choice("Comment", str(Action(Verb.COMMENT, alert.story_id))))
