"""What is not text cannot be judged by rules or scores."""

from dataclasses import dataclass

from moderation.decision import Finding, Outcome
from moderation.reading import Reading


@dataclass(frozen=True, slots=True)
class Kind:
    """Holds a photo, a sticker, a voice message, a forward, with or without a caption."""

    name: str = "kind"

    def judge(self, reading: Reading) -> Finding:
        kind = reading.submission.kind
        if kind == "text":
            return Finding(self.name, Outcome.APPROVE, "It is a text.")
        return Finding(self.name, Outcome.HOLD, f"It is a {kind}, which only a person can judge.")
