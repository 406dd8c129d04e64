"""What readers and moderators see of a comment."""

from bots.newsroom.actions import Action, Verb
from bots.newsroom.comments.comment import AuthorRecord, Comment, CommentState
from bots.newsroom.messages import Choice, Message, Quote, Room, Section, Tone

PROMPT = "Write your comment now, as one message of up to {limit} characters."
TOLD = "It will appear on Telegram and on Discord under the name “{name}”, after a check."
PERSON = "A person will read it. You will hear here what they decide."
PERSON_LATER = "A person will read it. /mycomments tells you at any time what they decided."
"""Where the author hears of it for some minutes only."""
RECEIVED = "Received. It is being checked; you will hear here what became of it."


def published_message(comment: Comment) -> Message:
    """The comment in the story's thread."""
    return Message(
        quotes=(Quote(comment.text, _byline(comment)),),
        choices=((Choice("Reply", str(Action(Verb.REPLY, comment.id))),),),
        silent=True,
    )


def outcome_message(comment: Comment) -> Message | None:
    """What its author is told about the state it is in; None while there is nothing to tell."""
    if comment.state is CommentState.SUBMITTED:
        return None
    title, body, tone = {
        CommentState.PUBLISHED: ("Your comment is published.", "", Tone.GOOD),
        CommentState.HELD: ("Your comment waits for a moderator.", _when(comment), Tone.WAITING),
        CommentState.REJECTED: ("Your comment was not published.", _why(comment), Tone.BAD),
        CommentState.REMOVED: ("Your comment was removed.", "A moderator took it down.", Tone.BAD),
        CommentState.WITHDRAWN: ("You took your comment back.", "", Tone.NEUTRAL),
    }[comment.state]
    refused = comment.state in {CommentState.REJECTED, CommentState.REMOVED}
    quotes = (Quote(comment.text),) if refused else ()
    choices = _withdraw(comment) if comment.state in _WITHDRAWABLE else ()
    return Message(title=title, body=body, tone=tone, quotes=quotes, choices=choices)


def card_message(comment: Comment, headline: str, record: AuthorRecord) -> Message:
    """A held comment for moderators: its text, every reason, the scores, the author's record in a line."""
    return Message(
        title="Held for review",
        tone=Tone.WAITING,
        body=f"On: {headline}",
        quotes=(Quote(_words(comment), _byline(comment)),),
        sections=_reasons(comment),
        footer=f"{comment.id} · {record_line(record)}",
        choices=(_decisions(comment),),
    )


def decided_message(comment: Comment, headline: str) -> Message:
    """The card once nobody needs to decide any more: who decided what."""
    by = (
        f" by {comment.decided_by}"
        if comment.decided_by
        else " by its author"
        if comment.state is CommentState.WITHDRAWN
        else ""
    )
    titles = {
        CommentState.PUBLISHED: ("Approved", Tone.GOOD),
        CommentState.REJECTED: ("Rejected", Tone.BAD),
        CommentState.REMOVED: ("Taken down", Tone.BAD),
        CommentState.WITHDRAWN: ("Taken back", Tone.NEUTRAL),
    }
    title, tone = titles.get(comment.state, ("Under review again", Tone.NEUTRAL))
    published = comment.state is CommentState.PUBLISHED
    choices = ((Choice("Take down", str(Action(Verb.REMOVE, comment.id)), tone=Tone.BAD),),) if published else ()
    return Message(
        title=f"{title}{by}",
        tone=tone,
        body=f"On: {headline}",
        quotes=(Quote(_words(comment), _byline(comment)),),
        footer=comment.id,
        choices=choices,
    )


def waiting_message(count: int) -> Message:
    """The notice below the open cards of a room."""
    more = "1 more comment waits" if count == 1 else f"{count} more comments wait"
    return Message(title=f"{more} for review.", tone=Tone.WAITING, choices=((Choice("Next", str(Action(Verb.NEXT))),),))


def mine_message(comments: tuple[Comment, ...]) -> Message:
    """A reader's newest comments, each with its state and a button to take it back."""
    if not comments:
        return Message(title="You have written no comments yet.")
    lines = tuple(
        f"{number}. {_shortened(comment.text)} ({_STATE[comment.state]})" for number, comment in enumerate(comments, 1)
    )
    undecided = [(n, c) for n, c in enumerate(comments, 1) if c.state in _WITHDRAWABLE]
    choices = tuple((Choice(f"Take back {n}", str(Action(Verb.WITHDRAW, c.id))),) for n, c in undecided[:5])
    return Message(title="Your comments", sections=(Section("", lines, bullets=False),), choices=choices)


def record_line(record: AuthorRecord) -> str:
    if record == AuthorRecord():
        return "First comment by this author"
    return (
        f"Author: {record.published} published, {record.rejected} rejected, "
        f"{record.removed} taken down, {record.held} waiting"
    )


_WITHDRAWABLE = frozenset({CommentState.SUBMITTED, CommentState.HELD, CommentState.PUBLISHED})
_STATE = {
    CommentState.SUBMITTED: "being checked",
    CommentState.HELD: "waits for a moderator",
    CommentState.PUBLISHED: "published",
    CommentState.REJECTED: "not published",
    CommentState.REMOVED: "taken down",
    CommentState.WITHDRAWN: "taken back",
}


def _byline(comment: Comment) -> str:
    return f"{comment.author.name} · {comment.author.platform.label}"


def _words(comment: Comment) -> str:
    return comment.text if comment.kind == "text" else f"[{comment.kind}] {comment.text}".strip()


def _decisions(comment: Comment) -> tuple[Choice, ...]:
    return (
        Choice("Approve", str(Action(Verb.APPROVE, comment.id)), tone=Tone.GOOD),
        Choice("Reject", str(Action(Verb.REJECT, comment.id)), tone=Tone.BAD),
    )


def _withdraw(comment: Comment) -> tuple[tuple[Choice, ...], ...]:
    return ((Choice("Take it back", str(Action(Verb.WITHDRAW, comment.id))),),)


def _when(comment: Comment) -> str:
    brief = comment.answer is not None and comment.answer.room is Room.ANSWER
    return PERSON_LATER if brief else PERSON


def _why(comment: Comment) -> str:
    if comment.decided_by:
        return "A moderator decided that it breaks the house rules."
    reasons = comment.decision.reasons if comment.decision else ()
    return "\n".join(finding.detail for finding in reasons) or "It breaks the house rules."


def _reasons(comment: Comment) -> tuple[Section, ...]:
    if comment.decision is None:
        return ()
    reasons = Section("Why", tuple(f"{finding.phase}: {finding.detail}" for finding in comment.decision.reasons))
    scores = comment.decision.scores
    numbers = ", ".join(f"{label.replace('_', ' ')} {value:.2f}" for label, value in scores.items())
    found = (reasons, Section(f"Scores ({comment.decision.scorer})", (numbers,) if numbers else (), bullets=False))
    return tuple(section for section in found if section.lines)


def _shortened(text: str, length: int = 60) -> str:
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1]}…"
