"""What the bot says to one person, as plain structure."""

from collections.abc import Sequence

from bots.newsroom.actions import Action, Verb
from bots.newsroom.comments.messages import RECEIVED, decided_message
from bots.newsroom.comments.service import OPEN_CARDS, Verdict
from bots.newsroom.messages import Choice, Message, Quote, Section, Tone

_IN_A_ROW, _MOST_TOPICS = 4, 25

HELP = Message(
    title="What you can do here",
    body="Alerts appear in the alerts channel, each with its poll and a thread for comments.",
    sections=(
        Section("Vote", ("Press an answer below an alert. You can change it until the poll closes.",)),
        Section("Comment", ("Press Comment below an alert, or Reply below a comment.",)),
        Section(
            "Commands",
            (
                "/topics: choose what you are mentioned for",
                "/alerts-in-dm: get every alert as a direct message, or stop it",
                "/mycomments: your comments, and how to take one back",
                "/help: this list",
            ),
        ),
    ),
)
NOT_NOW = Message(title="That does not work just now.", body="Please try again in a minute.", tone=Tone.BAD)
NO_BUTTON = Message(title="This button does not work any more.")
NOT_COUNTED = Message(title="Your vote was not counted.", body="Please press again in a minute.", tone=Tone.BAD)

EMPTY = Message(title="There was nothing in it.", body="Press the button again and write something.")
NOT_YOURS = Message(title="There is no such comment of yours.", body="/mycomments shows those you can take back.")
NOT_KEPT = "Your comment could not be kept."
SEND_AGAIN = "Here is your text. Please send it again in a few minutes."
NOT_THERE_TO_ANSWER = "What you answer is not there any more."
YOUR_TEXT = "Here is your text."

NOT_STAFF = Message(title="Only the newsroom's staff can decide that, in their channel.", body="Nothing was changed.")
NOT_THERE = Message(title="This comment is not there any more.")
NO_COMMENT = Message(title="This message is not a reader's comment.", body="Nothing was changed.")
FULL = Message(title="Decide one of the open cards first.", body=f"At most {OPEN_CARDS} are open at a time.")
NOT_DECIDED = Message(
    title="That was not decided.", body="Something is out of order. Please press again.", tone=Tone.BAD
)

MAY_NOT_GIVE = Message(
    title="The bot may not give you this role.",
    body="An administrator can mend that: Manage Roles for the bot, and its role above the topic's.",
    tone=Tone.BAD,
)
DM_ON = Message(title="You get every alert as a direct message.", body="/alerts-in-dm off ends it.", tone=Tone.GOOD)
DM_OFF = Message(title="You get no more alerts as direct messages.")
CLOSED_THREAD = Message(body="Comments are written with the button below the alert.", silent=True)


def received() -> Message:
    title, _, body = RECEIVED.partition(". ")
    return Message(title=f"{title}.", body=body, tone=Tone.WAITING)


def given_back(title: str, body: str, text: str) -> Message:
    """The reader's own words, so that nothing they wrote is lost."""
    return Message(title=title, body=body, tone=Tone.BAD, quotes=(Quote(text),))


def verdict_line(verdict: Verdict) -> Message:
    """Who decided, when it was not this press."""
    done = decided_message(verdict.comment, "").title
    return Message(title=f"{done}." if verdict.won else f"Already decided: {done}.")


def which_one(comments: Sequence[tuple[str, Quote]]) -> Message:
    """Several comments stand in one message: `comments` are their ids and words."""
    buttons = [
        Choice(f"Take down {number}", str(Action(Verb.REMOVE, comment_id)), tone=Tone.BAD)
        for number, (comment_id, _) in enumerate(comments, 1)
    ]
    return Message(
        title="Which of these comments should be taken down?",
        quotes=tuple(Quote(quote.text, f"{number}. {quote.byline}") for number, (_, quote) in enumerate(comments, 1)),
        choices=_in_rows(buttons),
    )


def topics_message(topics: Sequence[str], followed: frozenset[str]) -> Message:
    body = f"You follow: {', '.join(sorted(followed))}." if followed else "You follow none yet."
    buttons = [_toggle(topic, on=topic in followed) for topic in topics[:_MOST_TOPICS]]
    return Message(
        title="Your topics",
        body=f"{body} You are mentioned with each alert on a topic you follow. Press to change.",
        choices=_in_rows(buttons),
    )


def where(channel_id: int | None, guild_id: int | None, account: int) -> Message:
    """For those who set the newsroom up."""
    use = "Set it as DISCORD_ALERTS_CHANNEL or DISCORD_MODERATORS_CHANNEL."
    others = (f"This server: {guild_id}", f"You, as discord = … of your [[staff]] entry: {account}")
    section = Section("", others, bullets=False)
    return Message(title=f"The number of this channel: {channel_id}", body=use, sections=(section,))


def _toggle(topic: str, *, on: bool) -> Choice:
    label = f"✓ {topic.capitalize()}" if on else topic.capitalize()
    return Choice(label, str(Action(Verb.TOPIC, topic)), tone=Tone.GOOD if on else Tone.NEUTRAL)


def _in_rows(buttons: Sequence[Choice]) -> tuple[tuple[Choice, ...], ...]:
    return tuple(tuple(buttons[at : at + _IN_A_ROW]) for at in range(0, len(buttons), _IN_A_ROW))
