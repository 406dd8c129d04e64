"""A parsed page, read in document order into blocks, without the furniture around the story."""

import re

from lxml.html import HtmlElement  # type: ignore[import-untyped]

from bots.feeds.blocks import Anchor, Block, BlockKind
from bots.feeds.prose import clean
from bots.feeds.sections import section_of

_HEADINGS = {f"h{level}": level for level in range(1, 7)} | {"head": 2}  # trafilatura calls every heading "head"
_ITEMS = frozenset({"li", "item", "dd"})
_BLOCKS = frozenset(
    {"p", "div", "section", "article", "main", "header", "ul", "ol", "dl", "dt", "blockquote", "quote", "pre", "hr"}
    | {"table", "tbody", "thead", "tr", "td", "th", "body", "aside", "footer", "center", "details", "summary", "list"}
)
_NEVER_READ = frozenset(
    {"script", "style", "noscript", "template", "svg", "math", "iframe", "object", "button", "select", "textarea"}
    | {"input", "figure", "figcaption", "picture", "video", "audio", "canvas", "graphic"}
)
_FURNITURE_TAGS = frozenset({"nav", "form", "dialog"})
_FURNITURE_NAMES = frozenset(
    {
        "cookie",
        "cookies",
        "consent",
        "gdpr",
        "nav",
        "navigation",
        "menu",
        "breadcrumb",
        "breadcrumbs",
        "newsletter",
        "banner",
    }
    | {
        "subscribe",
        "subscription",
        "signup",
        "share",
        "sharing",
        "social",
        "ad",
        "ads",
        "advert",
        "advertisement",
        "promo",
    }
    | {
        "sponsored",
        "paywall",
        "comments",
        "comment",
        "modal",
        "popup",
        "overlay",
        "toolbar",
        "skip",
        "byline",
        "author",
    }
    | {"authors", "dateline", "timestamp", "caption", "credit", "tags", "login"}
)
_BOX_TAGS = frozenset({"aside", "footer"})
_BOX_NAMES = frozenset({"related", "sidebar", "teaser", "teasers", "recommended", "recirculation", "infobox"})
_UNWANTED_RELS = frozenset({"sponsored", "ugc", "author", "tag", "search", "nofollow sponsored"})
_BULLET = re.compile(r"^[•▪▸►‣◦●·]\s*")
_NAME_PARTS = re.compile(r"[\s_-]+|(?<=[a-z])(?=[A-Z])")


def read_blocks(page: HtmlElement, story: HtmlElement) -> list[Block]:
    """The blocks of a page whose story stands in the element `story`.

    Of boxes inside or beside the story only what follows a heading we know ("Key facts", "Related") is kept.
    """
    walk = _Walk(story)
    walk.read(page)
    return walk.finish()


class _Walk:
    def __init__(self, story: HtmlElement) -> None:
        self._story = story
        self._above = set(story.iterancestors())
        self._paragraphs = len(story.findall(".//p"))
        self._blocks: list[Block] = []
        self._text: list[str] = []
        self._anchors: list[Anchor] = []
        self._in_box = 0
        self._box_kept = False
        self._quotes = 0

    def finish(self) -> list[Block]:
        self._flush(BlockKind.PARAGRAPH)
        return self._blocks

    def read(self, element: HtmlElement, kind: BlockKind = BlockKind.PARAGRAPH) -> None:
        """Read an element; `kind` is what text directly inside it belongs to."""
        if not isinstance(element.tag, str) or element.tag in _NEVER_READ or _is_hidden(element):
            return
        if element is not self._story and element not in self._above:
            if self._is_furniture(element):
                return
            if self._is_box(element):
                self._read_box(element, kind)
                return
        self._read_element(element, kind)

    def _read_box(self, element: HtmlElement, kind: BlockKind) -> None:
        self._flush(kind)
        self._in_box += 1
        self._read_element(element, BlockKind.PARAGRAPH)
        self._in_box -= 1
        self._box_kept = False
        self._blocks.append(Block(BlockKind.BREAK))

    def _read_element(self, element: HtmlElement, kind: BlockKind) -> None:
        tag = element.tag
        if tag in _HEADINGS:
            self._read_block(element, kind, BlockKind.HEADING)
        elif tag in _ITEMS:
            self._read_block(element, kind, BlockKind.ITEM)
        elif tag in _BLOCKS or tag in _BOX_TAGS:
            self._quotes += tag in {"blockquote", "quote"}
            self._read_block(element, kind, kind)
            self._quotes -= tag in {"blockquote", "quote"}
        else:
            self._read_inline(element, kind)

    def _read_block(self, element: HtmlElement, outer: BlockKind, inner: BlockKind) -> None:
        self._flush(outer)
        self._read_children(element, inner)
        self._flush(inner, _HEADINGS.get(element.tag, 0))

    def _read_inline(self, element: HtmlElement, kind: BlockKind) -> None:
        if element.tag in {"br", "lb"}:
            self._text.append(" ")
            if kind is BlockKind.PARAGRAPH:
                self._flush(kind)
        elif element.tag in {"a", "ref"}:
            self._note_anchor(element)
        self._read_children(element, kind)

    def _read_children(self, element: HtmlElement, kind: BlockKind) -> None:
        self._text.append(element.text or "")
        for child in element:
            self.read(child, kind)
            self._text.append(child.tail or "")

    def _note_anchor(self, element: HtmlElement) -> None:
        href = element.get("href") or element.get("target") or ""
        rels = set((element.get("rel") or "").lower().split())
        if href and not rels & _UNWANTED_RELS:
            self._anchors.append(Anchor(clean(element.text_content()), href))

    def _flush(self, kind: BlockKind, level: int = 0) -> None:
        text = clean("".join(self._text))
        self._text = []
        if not text:
            return
        anchors, self._anchors = tuple(self._anchors), []
        if _BULLET.match(text) and kind is BlockKind.PARAGRAPH:
            text, kind = _BULLET.sub("", text), BlockKind.ITEM
        if kind is BlockKind.HEADING and any(anchor.label == text for anchor in anchors):
            kind = BlockKind.ITEM  # a teaser in a list of links, not a heading of this story
        self._keep(Block(kind, text, anchors, level, quoted=self._quotes > 0))

    def _keep(self, block: Block) -> None:
        known = block.kind is not BlockKind.ITEM and section_of(block.text) is not None
        if known or block.kind is BlockKind.HEADING:
            self._box_kept = known
        if not self._in_box or self._box_kept:
            self._blocks.append(block)

    def _is_furniture(self, element: HtmlElement) -> bool:
        named = element.tag in _FURNITURE_TAGS or element.get("role") in {"navigation", "banner", "dialog", "search"}
        return (named or bool(_names(element) & _FURNITURE_NAMES)) and not self._holds_story(element)

    def _is_box(self, element: HtmlElement) -> bool:
        if element.tag in _BLOCKS | _BOX_TAGS and element.getparent() in self._above:
            return True
        boxed = element.tag in _BOX_TAGS or bool(_names(element) & _BOX_NAMES)
        return boxed and not self._holds_story(element)

    def _holds_story(self, element: HtmlElement) -> bool:
        """Whether a telling name must be wrong: the headline or most of the story stands inside."""
        return element.find(".//h1") is not None or len(element.findall(".//p")) * 2 > max(self._paragraphs, 4)


def _names(element: HtmlElement) -> set[str]:
    joined = f"{element.get('class') or ''} {element.get('id') or ''}"
    return {part.lower() for part in _NAME_PARTS.split(joined) if part}


def _is_hidden(element: HtmlElement) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or element.get("aria-hidden") == "true" or "display:none" in style
