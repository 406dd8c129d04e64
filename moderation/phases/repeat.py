"""The same thing said again by the same author."""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from moderation.decision import Finding, Outcome
from moderation.normalise import normalise
from moderation.reading import Reading

_NOT_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Repeat:
    """Refuses what the author recently said word for word, and holds what is at least `similarity` percent the same.

    Disguises, case, spacing and punctuation make no difference. Texts shorter than `shortest` characters are only
    compared word for word: "Thank you all" and "Thank you" are no campaign.
    """

    similarity: float
    shortest: int = 20
    name: str = "repeat"

    def judge(self, reading: Reading) -> Finding:
        text = _bare(reading.text)
        recent = [_bare(earlier) for earlier in reading.submission.recent]
        if text and text in recent:
            return Finding(self.name, Outcome.REJECT, "The author has sent the same text before.")
        closest = max((fuzz.ratio(text, earlier) for earlier in recent), default=0.0)
        if len(text) >= self.shortest and closest >= self.similarity:
            detail = f"{closest:.0f} % the same as another recent comment of its author."
            return Finding(self.name, Outcome.HOLD, detail)
        return Finding(self.name, Outcome.APPROVE, "Unlike the author's recent comments.")


def _bare(text: str) -> str:
    return _NOT_WORDS.sub(" ", normalise(text, 1).text).strip()
