"""What the bot says in private and in the thread, as plain structure."""

from collections.abc import Sequence

from bots.newsroom.actions import Action, Verb
from bots.newsroom.comments.messages import PROMPT, RECEIVED, TOLD
from bots.newsroom.messages import Choice, Message, Quote, Section, Tone
from bots.newsroom.readers import ALL_TOPICS

_CANCEL = ((Choice("Cancel", str(Action(Verb.CANCEL))),),)
_HOW = "To comment, press Comment below a story in the channel, then write here."
_COMMANDS = (
    "/topics: choose which alerts you get here",
    "/subscribe: get every alert here",
    "/stop: get no more alerts here",
    "/mycomments: your comments, and how to take one back",
    "/help: this list",
)
_IN_A_ROW = 2

NOT_OPEN = Message(title="This story is not open for comments.")
NOT_THERE = Message(title="This comment is not there any more.", body="You can still comment on the story itself.")
NO_DRAFT = Message(title="Which story is this about?", body=_HOW)
CANCELLED = Message(title="No comment, then.", body=_HOW)
STOPPED = Message(title="You get no more alerts here.", body="/topics brings them back. You can still comment.")
HELP = Message(title="What you can do here", body=_HOW, sections=(Section("", _COMMANDS, bullets=False),))


def welcome(topics: Sequence[str], followed: frozenset[str]) -> Message:
    body = "Get breaking news here as it happens, vote in reader polls, and comment on stories."
    return Message(
        title="Welcome.",
        body=f"{body}\n\n{_HOW}",
        sections=(Section("Alerts in this chat", (_choice_line(followed),), bullets=False),),
        choices=_toggles(topics, followed),
        footer="/help lists what else you can do.",
    )


def topics_message(topics: Sequence[str], followed: frozenset[str]) -> Message:
    return Message(title="Alerts in this chat", body=_choice_line(followed), choices=_toggles(topics, followed))


def prompt(headline: str, limit: int, *, untold_name: str, answered: Quote | None) -> Message:
    """Asks for a comment. `untold_name` is empty once the reader knows where it appears, and under which name."""
    lines = (PROMPT.format(limit=f"{limit:,}"), TOLD.format(name=untold_name) if untold_name else "")
    return Message(
        title="Your reply" if answered else "Your comment",
        body=f"On: {headline}",
        quotes=(answered,) if answered else (),
        sections=(Section("", tuple(line for line in lines if line), bullets=False),),
        choices=_CANCEL,
    )


def received() -> Message:
    title, _, body = RECEIVED.partition(". ")
    return Message(title=f"{title}.", body=body)


def too_long(length: int, limit: int) -> Message:
    over = "1 character" if length - limit == 1 else f"{length - limit:,} characters"
    return Message(
        title=f"That is {over} too long.",
        body=f"It has {length:,} characters; a comment has at most {limit:,}. Send it again, shorter.",
        tone=Tone.WAITING,
        choices=_CANCEL,
    )


def only_text(kind: str) -> Message:
    return Message(
        title="A comment can only be text.",
        body=f"Your {kind} was not taken. Send your comment in words.",
        tone=Tone.WAITING,
        choices=_CANCEL,
    )


def closed_thread(comment_action: str) -> Message:
    """In the discussion, when somebody wrote there directly."""
    choices = ((Choice("Write a comment", comment_action),),) if comment_action else ()
    return Message(body="Comments are written with the button below the story.", choices=choices, silent=True)


def where(chat_id: int, kind: str) -> Message:
    """For those who set the newsroom up."""
    settings = {"channel": "TELEGRAM_CHANNEL", "private": "telegram = … of your [[staff]] entry"}
    use = settings.get(kind, "TELEGRAM_MODERATORS or TELEGRAM_DISCUSSION")
    return Message(title=f"The number of this chat: {chat_id}", body=f"Set it as {use}.", silent=True)


def which_one(comments: Sequence[tuple[str, Quote]]) -> Message:
    """Several comments stand in one message: `comments` are their ids and words."""
    buttons = [
        Choice(f"Take down {number}", str(Action(Verb.REMOVE, comment_id)), tone=Tone.BAD)
        for number, (comment_id, _) in enumerate(comments, 1)
    ]
    return Message(
        title="Which of these comments should be taken down?",
        quotes=tuple(Quote(quote.text, f"{number}. {quote.byline}") for number, (_, quote) in enumerate(comments, 1)),
        choices=tuple(tuple(buttons[at : at + _IN_A_ROW]) for at in range(0, len(buttons), _IN_A_ROW)),
    )


def _choice_line(followed: frozenset[str]) -> str:
    if not followed:
        return "You get none yet. Press what you want."
    if ALL_TOPICS in followed:
        return "You get every alert. Press a topic to get that one only."
    return f"You get: {', '.join(sorted(followed))}. Press to change."


def _toggles(topics: Sequence[str], followed: frozenset[str]) -> tuple[tuple[Choice, ...], ...]:
    everything = _toggle("Everything", ALL_TOPICS, on=ALL_TOPICS in followed)
    single = [_toggle(topic.capitalize(), topic, on=topic in followed) for topic in topics]
    rows = tuple(tuple(single[at : at + _IN_A_ROW]) for at in range(0, len(single), _IN_A_ROW))
    return ((everything,), *rows)


def _toggle(label: str, topic: str, *, on: bool) -> Choice:
    return Choice(f"✓ {label}" if on else label, str(Action(Verb.TOPIC, topic)), tone=Tone.GOOD if on else Tone.NEUTRAL)
