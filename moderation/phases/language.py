"""A language that the scorer was not trained on would get a number that means nothing."""

from dataclasses import dataclass

from moderation.decision import Finding, Outcome
from moderation.language import name as name_of
from moderation.reading import Reading


@dataclass(frozen=True, slots=True)
class Language:
    """Holds what nobody can name, and what is not in `judged`; an empty `judged` leaves that to the scorer."""

    judged: frozenset[str]
    name: str = "language"

    def judge(self, reading: Reading) -> Finding:
        language = reading.language
        if language is None:
            return Finding(self.name, Outcome.HOLD, "Nobody can tell which language it is written in.")
        if self.judged and language not in self.judged:
            detail = f"It is written in {name_of(language)}, which the scorer was not trained on."
            return Finding(self.name, Outcome.HOLD, detail)
        return Finding(self.name, Outcome.APPROVE, f"It is written in {name_of(language)}.")
