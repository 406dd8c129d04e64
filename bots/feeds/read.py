"""An article from wherever an editor says it is."""

import asyncio
import re
from collections.abc import Callable
from pathlib import Path, PurePath
from urllib.parse import urlsplit

from bots.feeds.decode import decode
from bots.feeds.errors import ArticleError
from bots.feeds.fetch import MAX_BYTES, Fetcher
from bots.feeds.markdown import parse_markdown
from bots.feeds.page import parse_html
from bots.feeds.plain import parse_text
from bots.newsroom.alerts.article import Article

Parse = Callable[[str, str, str], Article]
_BY_SUFFIX: dict[str, Parse] = {
    ".html": parse_html,
    ".htm": parse_html,
    ".xhtml": parse_html,
    ".md": parse_markdown,
    ".markdown": parse_markdown,
}
_IS_HTML = re.compile(r"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)?<(!doctype html|html)\b", re.IGNORECASE | re.DOTALL)
_LOOKS_LIKE_HTML = re.compile(r"\s*<(head|body|article|main|section|div|h1|p|meta|title)\b", re.IGNORECASE)
_LOOKS_LIKE_MARKDOWN = re.compile(r"\A(---|\+\+\+)\s*$|^#{1,6} \S|^\S.*\n(=+|-+)$|\]\(https?://", re.MULTILINE)


async def read_article(source: str, fetcher: Fetcher, *, headline: str = "") -> Article:
    """The article at an http(s) URL or in a file of Markdown, HTML or plain text.

    `headline` stands in for the source's own. Raises ArticleError, which says what to do next.
    """
    return await (_read_web(source, fetcher, headline) if "://" in source else _read_path(source, headline))


async def _read_web(url: str, fetcher: Fetcher, headline: str) -> Article:
    page = await fetcher.fetch(url)
    text = decode(page.body, page.url, page.charset)
    parse = _by_media_type(page.media_type) or _by_content(text, urlsplit(page.url).path)
    return await asyncio.to_thread(parse, text, page.url, headline)


async def _read_path(path: str, headline: str) -> Article:
    body = await asyncio.to_thread(_read_file, path)
    name = PurePath(path).name
    text = decode(body, name)
    return await asyncio.to_thread(_by_content(text, name), text, name, headline)


def _by_media_type(media_type: str) -> Parse | None:
    if media_type.endswith(("html", "xml")):
        return parse_html
    return parse_markdown if media_type.endswith("markdown") else None


def _by_content(text: str, name: str) -> Parse:
    """By the content where it says so, else by the suffix, else by what the content looks like."""
    if _IS_HTML.match(text):
        return parse_html
    by_suffix = _BY_SUFFIX.get(PurePath(name).suffix.lower())
    if by_suffix:
        return by_suffix
    if _LOOKS_LIKE_HTML.match(text):
        return parse_html
    return parse_markdown if _LOOKS_LIKE_MARKDOWN.search(text) else parse_text


def _read_file(name: str) -> bytes:
    try:
        path = Path(name).expanduser()
        if path.is_dir():
            raise ArticleError(f"{name} is a folder. Give a file of Markdown, HTML or plain text.")
        with path.open("rb") as file:
            body = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise ArticleError(
            f"There is no file {name}. Check the path, or give an address that begins with https://."
        ) from error
    except OSError as error:
        raise ArticleError(f"{name} cannot be read: {error.strerror}. Check its permissions.") from error
    except (ValueError, RuntimeError) as error:  # a NUL character; ~name of somebody who has no home here
        raise ArticleError(f"{name!r} is no path on this machine. Check it.") from error
    if len(body) > MAX_BYTES:
        raise ArticleError(
            f"{name} is larger than {MAX_BYTES // 2**20} MB. Save the article's text alone and give that."
        )
    return body
