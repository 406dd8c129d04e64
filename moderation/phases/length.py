"""A comment has something to say, and an end."""

from dataclasses import dataclass

from moderation.decision import Finding, Outcome, Span
from moderation.reading import Reading


@dataclass(frozen=True, slots=True)
class Length:
    """Refuses a text with nothing visible in it and one longer than `maximum` characters (code points)."""

    maximum: int
    name: str = "length"

    def judge(self, reading: Reading) -> Finding:
        count = len(reading.text)
        if reading.submission.kind == "text" and not reading.normalised.text.strip():
            return Finding(self.name, Outcome.REJECT, "The comment is empty.")
        if count > self.maximum:
            detail = f"The comment has {count:,} characters; at most {self.maximum:,} are allowed."
            return Finding(self.name, Outcome.REJECT, detail, (Span(self.maximum, count),))
        return Finding(self.name, Outcome.APPROVE, f"{count:,} characters, within {self.maximum:,}.")
