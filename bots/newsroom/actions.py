"""What a button sends back: `verb:argument[:argument]`, short enough for every platform (Telegram allows 64 bytes)."""

from dataclasses import dataclass
from enum import StrEnum


class Verb(StrEnum):
    VOTE = "vote"  # poll id, option index
    COMMENT = "comment"  # story id: write a comment
    REPLY = "reply"  # comment id: answer a published comment
    APPROVE = "approve"  # comment id
    REJECT = "reject"  # comment id
    REMOVE = "remove"  # comment id: take down what is published
    NEXT = "next"  # no argument: the next cards of the queue
    WITHDRAW = "withdraw"  # comment id: the author takes it back
    TOPIC = "topic"  # topic: follow or stop following it
    CANCEL = "cancel"  # no argument: do not write a comment after all


@dataclass(frozen=True, slots=True)
class Action:
    verb: Verb
    subject: str = ""
    option: str = ""

    def __str__(self) -> str:
        return ":".join(part for part in (self.verb.value, self.subject, self.option) if part)


def parse_action(text: str) -> Action | None:
    """The action that `text` stands for, or None when it is none of ours (hostile or from an older version)."""
    parts = text.split(":")
    if not 1 <= len(parts) <= 3 or parts[0] not in set(Verb):  # noqa: PLR2004 - verb, subject, option
        return None
    subject, option = (*parts[1:], "", "")[:2]
    return Action(Verb(parts[0]), subject, option)
