"""Blocks put into the sections of the story that they stand in."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bots.feeds.blocks import Block, BlockKind
from bots.feeds.boilerplate import is_furniture
from bots.feeds.sections import section_of, split_label
from bots.feeds.vocabulary import Section

_BELOW_ALL_HEADINGS = 7
LINK_SECTIONS = frozenset({Section.STORY, Section.MORE, Section.OFFICIAL, Section.RELATED})


@dataclass(frozen=True, slots=True)
class Passage:
    block: Block
    section: Section | None = None
    announced: str = ""
    """The words before the colon that announced the section in the same line ("Read more")."""
    run: int = 0
    """Passages of one heading share a number."""

    @property
    def text(self) -> str:
        return self.block.text

    @property
    def is_item(self) -> bool:
        return self.block.kind is BlockKind.ITEM

    @property
    def is_link(self) -> bool:
        """Whether it is there for its link, rather than prose with a link in it."""
        labels = sum(len(anchor.label) for anchor in self.block.anchors)
        return 2 * labels >= len(self.text) if labels else "://" in self.text


def arrange(blocks: Iterable[Block]) -> list[Passage]:
    """The paragraphs and items of a story, in order, each with its section; headings and furniture are gone."""
    arrangement = _Arrangement()
    for block in blocks:
        arrangement.add(block)
    return _release_prose(arrangement.passages)


class _Arrangement:
    def __init__(self) -> None:
        self.passages: list[Passage] = []
        self._section: Section | None = None
        self._level = 0
        self._run = 0
        self._items_only = False

    def add(self, block: Block) -> None:
        if block.kind is BlockKind.BREAK:
            self._open(None, 0)
        elif block.kind is BlockKind.HEADING:
            self._add_heading(block)
        elif not is_furniture(block.text):
            self._add_text(block)

    def _open(self, section: Section | None, level: int, *, items_only: bool = False) -> None:
        self._section, self._level, self._items_only = section, level, items_only
        self._run += 1

    def _add_heading(self, block: Block) -> None:
        section = section_of(block.text)
        if section or self._section is None or block.level <= self._level:
            self._open(section, block.level)

    def _add_text(self, block: Block) -> None:
        section = section_of(block.text)
        if section and not block.anchors and block.kind is BlockKind.PARAGRAPH:
            self._open(section, _BELOW_ALL_HEADINGS)
            return
        label, rest = (section, block.text) if section and block.anchors else split_label(block.text)
        if label:
            self._add_announced(block, label, rest)
        elif self._items_only and block.kind is BlockKind.PARAGRAPH:
            self._open(None, 0)
            self._keep(block, None)
        else:
            self._keep(block, self._section)

    def _add_announced(self, block: Block, section: Section, rest: str) -> None:
        """A line such as "What we know: it rains." is a section of its own, and a list below it belongs to it."""
        if block.kind is BlockKind.PARAGRAPH:
            self._open(section, _BELOW_ALL_HEADINGS, items_only=True)
        announced = block.text.removesuffix(rest).rstrip(" :") if rest != block.text else ""
        self.passages.append(Passage(replace(block, text=rest), section, announced, run=self._run))

    def _keep(self, block: Block, section: Section | None) -> None:
        self.passages.append(Passage(block, section, run=self._run))


def _release_prose(passages: list[Passage]) -> list[Passage]:
    """Paragraphs after a section's list are the story going on, and so is prose among links, unless in a box."""
    listed: set[int] = set()
    released = []
    for passage in passages:
        listed |= {passage.run} if passage.is_item else set()
        if passage.is_item or passage.announced or not _goes_on(passage, listed):
            released.append(passage)
        elif not passage.block.boxed:
            released.append(replace(passage, section=None, run=-1))
    return released


def _goes_on(passage: Passage, listed: set[int]) -> bool:
    if passage.section in LINK_SECTIONS:
        return not passage.is_link
    return passage.section is not None and passage.run in listed
