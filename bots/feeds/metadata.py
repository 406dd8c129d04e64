"""What a page declares about itself: JSON-LD, OpenGraph, canonical link, language."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement  # type: ignore[import-untyped]

from bots.feeds.blocks import Metadata
from bots.feeds.links import clean_url
from bots.feeds.prose import clean

_ARTICLE_TYPES = frozenset({"Article", "BlogPosting", "LiveBlogPosting", "Report"})  # and whatever ends in NewsArticle
_SITE_NAME = re.compile(r"^(.+)\s[-–—|·]\s(.+?)$")  # noqa: RUF001 - dashes as typesetters write them
_DEEPEST = 20


def read_metadata(page: HtmlElement, url: str) -> Metadata:
    """What is declared, the most telling source first; relative addresses resolved against `url` and <base>."""
    ld = _json_ld(page)
    base = clean_url(_first(page, "//base/@href"), url) or url
    canonical = (
        _first(page, "//link[@rel='canonical']/@href") or _plain(ld.get("mainEntityOfPage")) or _meta(page, "og:url")
    )
    base = base or clean_url(canonical)
    return Metadata(
        headline=_plain(ld.get("headline")) or _heading(page) or _declared_title(page),
        description=_plain(ld.get("description")) or _meta(page, "og:description") or _meta(page, "description"),
        image=clean_url(_plain(ld.get("image")) or _meta(page, "og:image"), base),
        language=_language(page, ld),
        canonical=clean_url(canonical, base),
        base=base,
    )


def _first(page: HtmlElement, path: str) -> str:
    found = page.xpath(path)
    return str(found[0]).strip() if found else ""


def _meta(page: HtmlElement, name: str) -> str:
    return clean(_first(page, f"//meta[@property='{name}' or @name='{name}']/@content"))


def _heading(page: HtmlElement) -> str:
    for heading in page.xpath("//h1[not(ancestor::nav)]"):
        if text := clean(heading.text_content()):
            return text
    return ""


def _declared_title(page: HtmlElement) -> str:
    title = _meta(page, "og:title") or clean(_first(page, "//title/text()"))
    site = _meta(page, "og:site_name")
    parted = _SITE_NAME.match(title)
    if parted is None:
        return title
    name, last = parted.groups()
    text = clean(" ".join(page.xpath("//body//text()")))
    return name if last.casefold() == site.casefold() or (name in text and title not in text) else title


def _language(page: HtmlElement, ld: dict[str, Any]) -> str:
    declared = (
        _plain(ld.get("inLanguage"))
        or _first(page, "/html/@lang")
        or _meta(page, "og:locale")
        or _first(page, "//meta[translate(@http-equiv, 'CL', 'cl')='content-language']/@content")
    ).replace("_", "-")
    parts = declared.split("-")
    well_formed = all(part.isascii() and part.isalnum() for part in parts) and len(declared) <= len("zh-Hant-TW-xx")
    return declared if well_formed and parts[0].isalpha() and len(parts[0]) in {2, 3} else ""


def _json_ld(page: HtmlElement) -> dict[str, Any]:
    """The first article among the page's JSON-LD; empty where there is none or it is broken."""
    for script in page.xpath("//script[@type='application/ld+json']"):
        try:
            graph = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(graph):
            if any(_is_article(kind) for kind in _listed(node.get("@type"))):
                return node
    return {}


def _nodes(graph: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(graph, dict):
        yield graph
        yield from _nodes(graph.get("@graph"), depth + 1)
        yield from _nodes(graph.get("mainEntity"), depth + 1)
    elif isinstance(graph, list):
        for node in graph:
            yield from _nodes(node, depth + 1)


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _is_article(kind: object) -> bool:
    return isinstance(kind, str) and (kind in _ARTICLE_TYPES or kind.endswith("NewsArticle"))


def _plain(value: object) -> str:
    """The text of a schema.org value, which may be a string, a list of them, or a thing with an address or a name."""
    first = _listed(value)[0] if _listed(value) else None
    if isinstance(first, dict):
        first = next((first[key] for key in ("url", "@id", "alternateName", "name") if first.get(key)), "")
    return clean(html.unescape(first)) if isinstance(first, str) else ""
