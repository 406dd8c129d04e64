"""Plain text: paragraphs between blank lines, lists by their bullets, headings by their looks."""

import re
from itertools import groupby

from bots.feeds.assemble import assemble
from bots.feeds.blocks import Block, BlockKind, Metadata
from bots.feeds.links import clean_url
from bots.feeds.prose import clean
from bots.feeds.sections import section_of, split_label
from bots.newsroom.alerts.article import Article

_MONTHS = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_BULLET = re.compile(rf"^\s*(?:[•▪▸►‣◦●·*+–—-]|\d{{1,2}}[.)](?!\s+(?:{_MONTHS})))\s+")  # noqa: RUF001 - dashes serve as bullets
_RULE = re.compile(r"^\s*[=~_*-]{3,}\s*$")
_LONGEST_HEADLINE = 200
_LONGEST_HEADING = 60
_SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？", ":", ",", ";")  # noqa: RUF001 - full-width marks


def parse_text(text: str, source: str = "", headline: str = "") -> Article:
    """The article in a plain text file: its first line is the headline.

    `source` and `headline` as in `parse_html`. Raises ArticleError where the first line is no headline
    and none is given.
    """
    title, blocks = leading_headline(_blocks(text))
    base = clean_url(source) if "://" in source else ""
    return assemble(blocks, Metadata(base=base), source=source, headline=headline or title)


def leading_headline(blocks: list[Block]) -> tuple[str, list[Block]]:
    """The headline that comes first, and what follows it; "" and all blocks where the first is no headline."""
    if not blocks or len(blocks[0].text) > _LONGEST_HEADLINE:
        return "", blocks
    first = blocks[0]
    is_sentence = first.kind is not BlockKind.HEADING and first.text.endswith(".")
    if first.kind is BlockKind.ITEM or is_sentence or section_of(first.text):
        return "", blocks
    return first.text, blocks[1:]


def _blocks(text: str) -> list[Block]:
    lines = text.splitlines()
    separated = any(not line.strip() for line in lines[1:-1])
    paragraphs = [list(group) for filled, group in groupby(lines, lambda line: bool(line.strip())) if filled]
    if not separated:
        paragraphs = [[line] for line in lines if line.strip()]
    return [block for paragraph in paragraphs for block in _paragraph(paragraph)]


def _paragraph(lines: list[str]) -> list[Block]:
    """The blocks of lines without a blank between them: a heading, items, or one paragraph that was wrapped."""
    gathered: list[tuple[BlockKind, list[str]]] = []
    for line in lines:
        if _RULE.match(line):
            gathered = [(BlockKind.HEADING, words) for _, words in gathered] if len(gathered) == 1 else gathered
        elif bullet := _BULLET.match(line):
            gathered.append((BlockKind.ITEM, [line[bullet.end() :]]))
        elif section_of(line):
            gathered.append((BlockKind.HEADING, [line]))
        elif gathered and gathered[-1][0] is not BlockKind.HEADING and not _starts_anew(line, gathered[-1][1][-1]):
            gathered[-1][1].append(line)
        else:
            gathered.append((BlockKind.PARAGRAPH, [line]))
    blocks = [Block(kind, clean(" ".join(words)), level=2 * (kind is BlockKind.HEADING)) for kind, words in gathered]
    return [_as_heading(blocks[0])] if len(lines) == 1 and blocks else blocks


def _starts_anew(line: str, previous: str) -> bool:
    """Lines of links and "What we know: ..." stand for themselves; all others are one paragraph that was wrapped."""
    return "://" in previous or line.lstrip().startswith(("http://", "https://")) or split_label(line)[0] is not None


def _as_heading(block: Block) -> Block:
    """A short line alone that is no sentence is a heading, whatever it says."""
    looks_so = len(block.text) <= _LONGEST_HEADING and not block.text.endswith(_SENTENCE_ENDS)
    if block.kind is BlockKind.PARAGRAPH and looks_so and "://" not in block.text:
        return Block(BlockKind.HEADING, block.text, level=2)
    return block
