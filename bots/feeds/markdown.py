"""Markdown, with or without front matter."""

import re

from markdown_it import MarkdownIt

from bots.feeds.assemble import assemble
from bots.feeds.blocks import Block, BlockKind, Metadata
from bots.feeds.dom import read_blocks
from bots.feeds.errors import ArticleError
from bots.feeds.links import clean_url
from bots.feeds.page import parse_page
from bots.feeds.plain import leading_headline
from bots.feeds.prose import clean
from bots.newsroom.alerts.article import Article

_FRONT_MATTER = re.compile(r"\A(?:---|\+\+\+)[ \t]*\r?\n(.*?)^(?:---|\+\+\+|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)
_FIELD = re.compile(r"^([A-Za-z_]+)[ \t]*[:=][ \t]*(.+)$", re.MULTILINE)


def parse_markdown(text: str, source: str = "", headline: str = "") -> Article:
    """The article in a Markdown file; its front matter may hold title, description, image, language and url.

    `source` and `headline` as in `parse_html`. Raises ArticleError where there is no headline.
    """
    front = _FRONT_MATTER.match(text)
    metadata = _metadata(front.group(1) if front else "", source)
    blocks = _blocks(text[front.end() :] if front else text)
    title, blocks = _title(blocks)
    return assemble(blocks, metadata, source=source, headline=headline or metadata.headline or title)


def _metadata(front: str, source: str) -> Metadata:
    fields = {name.lower(): clean(value.strip().strip("\"'")) for name, value in _FIELD.findall(front)}
    base = clean_url(source) if "://" in source else clean_url(fields.get("url", ""))
    return Metadata(
        headline=fields.get("title", ""),
        description=fields.get("description", "") or fields.get("summary", "") or fields.get("standfirst", ""),
        image=clean_url(fields.get("image", ""), base),
        language=fields.get("language", "") or fields.get("lang", ""),
        canonical=clean_url(fields.get("url", "") or fields.get("canonical", ""), base),
        base=base,
    )


def _blocks(text: str) -> list[Block]:
    html = MarkdownIt("commonmark").render(text)
    try:
        body = parse_page(html).find("body")
    except ArticleError:
        return []
    return [] if body is None else read_blocks(body, body)


def _title(blocks: list[Block]) -> tuple[str, list[Block]]:
    """The headline and what is left: the first heading of level 1, else a heading or a short line that comes first."""
    for place, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING and block.level == 1:
            return block.text, blocks[:place] + blocks[place + 1 :]
    return leading_headline(blocks)
