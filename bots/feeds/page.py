"""HTML: a page or a saved file."""

from copy import deepcopy

import lxml.html  # type: ignore[import-untyped]
from lxml import etree
from lxml.html import HtmlElement
from trafilatura import bare_extraction

from bots.feeds.assemble import assemble
from bots.feeds.blocks import Block
from bots.feeds.dom import read_blocks
from bots.feeds.errors import ArticleError
from bots.feeds.metadata import read_metadata
from bots.newsroom.alerts.article import Article

_STORY_PATHS = ("//article", "//main", "//*[@role='main']", "//*[@itemprop='articleBody']")
_SHORTEST_STORY = 140
"""Characters of paragraphs below which an <article> is a teaser, not the story."""


def parse_html(text: str, source: str = "", headline: str = "") -> Article:
    """The article in a page of HTML.

    `source` is where it was read, a URL or a file name; relative links start from a URL. `headline` stands in for the
    page's own. Raises ArticleError where there is neither a headline nor a stand-in.
    """
    page = parse_page(text)
    metadata = read_metadata(page, source if "://" in source else "")
    return assemble(page_blocks(page), metadata, source=source, headline=headline)


def parse_page(text: str) -> HtmlElement:
    """The parsed document; lxml mends what is broken. Raises ArticleError for a page without any element or text."""
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return lxml.html.document_fromstring(text.replace("\0", "").encode("utf-8", "ignore"), parser=parser)
    except etree.ParserError as error:
        raise ArticleError(
            "The page is empty. Check the address, or save the article as a text file and give that."
        ) from error


def page_blocks(page: HtmlElement) -> list[Block]:
    """The story's blocks: in the element that the page marks as its article, else where trafilatura finds prose."""
    body = page.find("body")
    if body is None:
        return []
    story = _marked_story(page)
    if story is not None:
        return read_blocks(body, story)
    extracted = bare_extraction(deepcopy(page), include_links=True, include_formatting=True, include_comments=False)
    if extracted is not None and not isinstance(extracted, dict) and _prose(extracted.body) >= _SHORTEST_STORY:
        return read_blocks(extracted.body, extracted.body)
    return read_blocks(body, body)


def _marked_story(page: HtmlElement) -> HtmlElement | None:
    for path in _STORY_PATHS:
        longest = max(page.xpath(path), key=_prose, default=None)
        if longest is not None and _prose(longest) >= _SHORTEST_STORY:
            return longest
    return None


def _prose(element: HtmlElement) -> int:
    return sum(len(paragraph.xpath("string()")) for paragraph in element.iterfind(".//p"))
