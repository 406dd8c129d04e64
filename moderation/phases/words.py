"""The newsroom's word lists, looked for in the text as written and in the view without disguises."""

import re
from collections.abc import Iterable

from moderation.decision import Finding, Outcome, Span
from moderation.reading import Reading
from moderation.view import View

_BEFORE, _AFTER = r"(?<![^\W\d_])", r"(?![^\W\d_])"  # a digit beside a word does not hide it
_MORE_LETTERS = r"[^\W\d_]*"
_MOST_MASKED = 0.5
_SHOWN = 5


class Words:
    """Answers `outcome` when an entry of the list occurs.

    An entry is a word or a phrase; `word*`, `*word` and `*word*` also match inside longer words. Without a star only
    the whole word counts, so that Scunthorpe is a town. Letters masked by stars (`f**k`) match as long as half remain.
    An entry with accents means just that word: `café` is not `cafe`.
    """

    def __init__(self, name: str, entries: Iterable[str], outcome: Outcome) -> None:
        self.name = name
        self._outcome = outcome
        patterns = sorted({_pattern(entry.lower()) for entry in entries})
        self._pattern = re.compile("|".join(patterns) or r"(?!)")

    def judge(self, reading: Reading) -> Finding:
        spans = sorted({span for view in reading.views for span in self._find(view)})
        if not spans:
            return Finding(self.name, Outcome.APPROVE, f"No {self.name}.")
        shown = dict.fromkeys(reading.text[span.begin : span.end] for span in spans)
        listed = ", ".join(f"\u201c{word}\u201d" for word in list(shown)[:_SHOWN])
        return Finding(self.name, self._outcome, f"It uses {self.name}: {listed}.", tuple(spans))

    def _find(self, view: View) -> Iterable[Span]:
        for match in self._pattern.finditer(view.text):
            if match.group().count("*") <= _MOST_MASKED * len(match.group()):
                yield view.span(*match.span())


def _pattern(entry: str) -> str:
    before = _MORE_LETTERS if entry.startswith("*") else ""
    after = _MORE_LETTERS if entry.endswith("*") else ""
    inner = "".join(_letter(index, character) for index, character in enumerate(entry.strip("*")))
    return f"{_BEFORE}{before}{inner}{after}{_AFTER}"


def _letter(index: int, character: str) -> str:
    if character.isspace():
        return r"[\W_]+"
    return f"[{re.escape(character)}*]" if index and character.isalpha() else re.escape(character)
