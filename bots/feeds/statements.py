"""What a story lists: its key facts, what is disputed, what happens next."""

from itertools import takewhile

from bots.feeds.boilerplate import is_invitation
from bots.feeds.links import without_urls
from bots.feeds.passages import Passage
from bots.feeds.prose import shorten
from bots.feeds.vocabulary import Section

MAX_STATEMENT = 300
MAX_STATEMENTS = {Section.FACTS: 6, Section.DISPUTED: 4, Section.NEXT: 4}
_SUMMARY_AFTER = 2
"""A list that no heading announces sums a story up only if it stands after at most this many paragraphs."""
_SHORTEST_SUMMARY_ITEM = 25
_FEWEST_SUMMARY_ITEMS = 2


def statements(passages: list[Passage], section: Section) -> tuple[str, ...]:
    """The statements of one section, in order, cut at a sentence's end: its items, or else its paragraphs."""
    standing = [passage for passage in passages if passage.section is section]
    listed = {passage.run for passage in standing if passage.is_item}
    kept = [passage.text for passage in standing if _states(passage, listed)]
    if section is Section.FACTS and not standing:
        kept = _summary(passages)
    shortened = (shorten(without_urls(text), MAX_STATEMENT) for text in kept)
    return tuple(dict.fromkeys(filter(None, shortened)))[: MAX_STATEMENTS[section]]


def _states(passage: Passage, listed: set[int]) -> bool:
    if passage.is_item:
        return True
    introduces = passage.text.endswith(":") or passage.run in listed
    return not introduces and not is_invitation(passage.text)


def _summary(passages: list[Passage]) -> list[str]:
    """The list that opens a story without a heading of its own, as many pages have it; [] where there is none."""
    before = list(takewhile(lambda passage: not passage.is_item, passages))
    items = list(takewhile(lambda passage: passage.is_item, passages[len(before) :]))
    introduced = bool(before) and before[-1].text.endswith(":")
    if introduced or len(before) > _SUMMARY_AFTER or len(items) < _FEWEST_SUMMARY_ITEMS:
        return []
    fits = all(item.section is None and not item.block.anchors for item in items)
    return [item.text for item in items] if fits and all(len(i.text) >= _SHORTEST_SUMMARY_ITEM for i in items) else []
