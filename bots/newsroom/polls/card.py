"""A poll as lines on a card and as buttons."""

from bots.newsroom.actions import Action, Verb
from bots.newsroom.messages import Bar, Choice
from bots.newsroom.polls.poll import Poll, PollState, VoteOutcome, VoteResult

SHORT = 14
"""Up to this many characters, options stand side by side."""
NOT_REPRESENTATIVE = "Reader vote, not representative."


def bars(poll: Poll) -> tuple[Bar, ...]:
    turnout = poll.turnout
    counts = zip(poll.options, poll.counts, strict=True)
    return tuple(Bar(option, count, count / turnout if turnout else 0.0) for option, count in counts)


def footer(poll: Poll) -> str:
    """How many voted where, and what that is worth."""
    places = ", ".join(f"{sum(votes)} on {platform.label}" for platform, votes in poll.votes.items())
    state = "" if poll.state is PollState.OPEN else "Poll closed. "
    votes = "1 vote" if poll.turnout == 1 else f"{poll.turnout} votes"
    return f"{state}{votes} ({places}). {NOT_REPRESENTATIVE}" if poll.turnout else f"{state}{NOT_REPRESENTATIVE}"


def vote_buttons(poll: Poll) -> tuple[tuple[Choice, ...], ...]:
    """None once the poll is closed."""
    if poll.state is not PollState.OPEN:
        return ()
    choices = tuple(Choice(text, str(Action(Verb.VOTE, poll.id, str(at)))) for at, text in enumerate(poll.options))
    if all(len(option) <= SHORT for option in poll.options):
        return tuple(choices[at : at + 3] for at in range(0, len(choices), 3))
    return tuple((choice,) for choice in choices)


def vote_answer(poll: Poll | None, result: VoteResult) -> str:
    """What the voter is told, at most 200 characters (Telegram's limit for the answer to a press)."""
    chosen = poll.options[result.option] if poll and result.option is not None else ""
    texts = {
        VoteOutcome.COUNTED: f"Your vote counts: {chosen}. You can change it until the poll closes.",
        VoteOutcome.CHANGED: f"Changed: your vote is now {chosen}.",
        VoteOutcome.SAME: f"Your vote is {chosen} already.",
        VoteOutcome.CLOSED: f"This poll is closed. Your vote was {chosen}." if chosen else "This poll is closed.",
        VoteOutcome.UNKNOWN: "This poll is not open any more.",
    }
    return texts[result.outcome]
