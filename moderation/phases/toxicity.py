"""What the scorer says. A score alone never refuses a comment: it only asks for a person."""

from collections.abc import Mapping
from dataclasses import dataclass

from moderation.decision import Finding, Outcome
from moderation.reading import Reading


@dataclass(frozen=True, slots=True)
class Toxicity:
    """Holds a text of which any label reaches its band; `hold_at` maps labels to 0..1."""

    hold_at: Mapping[str, float]
    name: str = "toxicity"

    def judge(self, reading: Reading) -> Finding:
        scores = reading.scores.values
        reached = {label: score for label, score in scores.items() if score >= self.hold_at.get(label, 1.1)}
        if reached:
            ranked = sorted(reached, key=lambda label: -reached[label])
            listed = ", ".join(
                f"{_words(each)} {reached[each]:.2f} (we hold from {self.hold_at[each]:.2f})" for each in ranked
            )
            return Finding(self.name, Outcome.HOLD, f"{listed[0].upper()}{listed[1:]}.")
        label = max(scores, key=lambda each: scores[each])
        detail = f"No label reaches its band; highest: {_words(label)} {scores[label]:.2f}."
        return Finding(self.name, Outcome.APPROVE, detail)


def _words(label: str) -> str:
    return label.replace("_", " ")
