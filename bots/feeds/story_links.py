"""The links of a story that an alert can carry, each with its kind."""

from collections import Counter
from collections.abc import Iterable, Iterator

from bots.feeds.blocks import Metadata
from bots.feeds.links import bare_urls, clean_url, is_official, without_urls
from bots.feeds.passages import LINK_SECTIONS, Passage
from bots.feeds.prose import shorten
from bots.feeds.sections import section_of
from bots.feeds.vocabulary import Section
from bots.newsroom.alerts.article import Link, LinkKind

MAX_LABEL = 100
MAX_LINKS_OF_A_KIND = 4


def story_links(passages: Iterable[Passage], metadata: Metadata, source: str) -> tuple[Link, ...]:
    """The story's own address first, then the others in the order of the text; one of each address, four of a kind.

    The story's own address is the declared canonical one, else the URL it was read from.
    """
    own = metadata.canonical or clean_url(source)
    first = [Link("", own, LinkKind.STORY)] if own else []
    unique: dict[str, Link] = {}
    for link in [*first, *_links(passages, metadata.base)]:
        unique.setdefault(link.url, link)
    seen: Counter[LinkKind] = Counter()
    kept = []
    for link in unique.values():
        seen[link.kind] += 1
        limit = 1 if link.kind is LinkKind.STORY else MAX_LINKS_OF_A_KIND
        kept += [link] if seen[link.kind] <= limit else []
    return tuple(kept)


def _links(passages: Iterable[Passage], base: str) -> Iterator[Link]:
    for passage in passages:
        for label, href in _addresses(passage):
            url = clean_url(href, base)
            kind = _kind(_link_section(passage, label), url) if url else None
            if kind:
                yield Link(shorten(label, MAX_LABEL), url, kind)


def _addresses(passage: Passage) -> list[tuple[str, str]]:
    if passage.block.anchors:
        named = [anchor for anchor in passage.block.anchors if anchor.label]
        return [(passage.announced if "://" in a.label else a.label, a.href) for a in named]
    urls = bare_urls(passage.text)
    label = (without_urls(passage.text) or passage.announced) if len(urls) == 1 else ""
    return [(label, url) for _, url in urls]


def _link_section(passage: Passage, label: str) -> Section | None:
    return passage.section or section_of(label)


def _kind(section: Section | None, url: str) -> LinkKind | None:
    """The kind by the section, except that an authority's page is official wherever it is linked from."""
    if section is Section.STORY:
        return LinkKind.STORY
    if is_official(url):
        return LinkKind.OFFICIAL
    return LinkKind(section.value) if section in LINK_SECTIONS else None
