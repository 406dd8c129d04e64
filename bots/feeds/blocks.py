"""The shape that every format is brought into before anyone asks what an article says."""

from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    BREAK = "break"
    """The end of a box: what follows is no longer part of the section that the box held."""


@dataclass(frozen=True, slots=True)
class Anchor:
    label: str
    href: str
    """As written: perhaps relative, perhaps hostile. `bots.feeds.links` decides."""


@dataclass(frozen=True, slots=True)
class Block:
    kind: BlockKind
    text: str = ""
    anchors: tuple[Anchor, ...] = ()
    level: int = 0
    """Of a heading: 1 to 6."""
    quoted: bool = False
    """Stands in a block quotation: somebody else's words."""
    boxed: bool = False
    """Stands in a box in or beside the story, such as a list of key points or of related stories."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page or a file declares about itself, beside its text. Empty where it declares nothing."""

    headline: str = ""
    description: str = ""
    image: str = ""
    language: str = ""
    canonical: str = ""
    base: str = ""
    """The URL that relative links start from."""
