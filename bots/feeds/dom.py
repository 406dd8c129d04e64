"""A parsed page, read in document order into blocks, without the furniture around the story."""

import re

from lxml import etree  # type: ignore[import-untyped]
from lxml.html import HtmlElement  # type: ignore[import-untyped]

from bots.feeds.blocks import Anchor, Block, BlockKind
from bots.feeds.prose import clean
from bots.feeds.sections import section_of


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_HEADINGS = {f"h{level}": level for level in range(1, 7)} | {"head": 2}  # trafilatura calls every heading "head"
_KINDS = dict.fromkeys(_HEADINGS, BlockKind.HEADING) | dict.fromkeys(("li", "item", "dd"), BlockKind.ITEM)
_QUOTATIONS = frozenset({"blockquote", "quote"})
_ANCHORS = frozenset({"a", "ref"})
_LINE_BREAKS = frozenset({"br", "lb"})
_BLOCKS = _set("""
    p div section article main header ul ol dl dt blockquote quote pre hr table tbody thead tr td th
    body aside footer center details summary list row cell
""")
_NEVER_READ = _set("""
    script style noscript template svg math iframe object button select textarea input figure figcaption
    picture video audio canvas graphic
""")
_FURNITURE_TAGS = frozenset({"nav", "form", "dialog"})
_FURNITURE_NAMES = _set("""
    cookie cookies consent gdpr nav navigation menu breadcrumb breadcrumbs newsletter banner subscribe
    subscription signup share sharing social ad ads advert advertisement promo sponsored paywall
    comments comment modal popup overlay toolbar skip byline author authors dateline timestamp caption
    credit tags login
""")
_BOX_TAGS = frozenset({"aside", "footer"})
_BOX_NAMES = frozenset({"related", "sidebar", "teaser", "teasers", "recommended", "recirculation", "infobox"})
_UNWANTED_RELS = frozenset({"sponsored", "ugc", "author", "tag", "search", "nofollow sponsored"})
_BULLET = re.compile(r"^[•▪▸►‣◦●·]\s*")
_NAME_PARTS = re.compile(r"[\s_-]+|(?<=[a-z])(?=[A-Z])")


def read_blocks(page: HtmlElement, story: HtmlElement) -> list[Block]:
    """The blocks of a page whose story stands in the element `story`.

    Of boxes inside or beside the story only what follows a heading we know ("Key facts", "Related") is kept.
    """
    reading = _Reading(story)
    walk = etree.iterwalk(page, events=("start", "end"))  # not recursive: pages nest deeper than Python's stack
    for event, element in walk:
        if event == "end":
            reading.leave(element)
        elif not reading.enter(element):
            walk.skip_subtree()
    return reading.blocks


class _Reading:
    def __init__(self, story: HtmlElement) -> None:
        self.blocks: list[Block] = []
        self._story = story
        self._above = set(story.iterancestors())
        self._paragraphs = len(story.findall(".//p"))
        self._text: list[str] = []
        self._anchors: list[Anchor] = []
        self._kinds = [BlockKind.PARAGRAPH]
        self._boxes: list[HtmlElement] = []
        self._box_kept = False
        self._quotations: list[HtmlElement] = []

    def enter(self, element: HtmlElement) -> bool:
        """Begin an element; False where what is inside must not be read."""
        kind = _KINDS.get(element.tag, self._kinds[-1])
        if _breaks_line(element):
            self._flush(self._kinds[-1])
        self._kinds.append(kind)
        if self._is_left_out(element):
            return False
        if self._is_box(element):
            self._boxes.append(element)
        self._begin(element)
        self._text.append(element.text or "")
        return True

    def leave(self, element: HtmlElement) -> None:
        kind = self._kinds.pop()
        if _breaks_line(element):
            self._flush(kind, _HEADINGS.get(element.tag, 0))
        if self._quotations and self._quotations[-1] is element:
            self._quotations.pop()
        if self._boxes and self._boxes[-1] is element:
            self._boxes.pop()
            self._box_kept = False
            self.blocks.append(Block(BlockKind.BREAK))
        self._text.append(element.tail or "")

    def _begin(self, element: HtmlElement) -> None:
        if element.tag in _QUOTATIONS:
            self._quotations.append(element)
        elif element.tag in _ANCHORS:
            self._note_anchor(element)
        elif element.tag in _LINE_BREAKS:
            self._break_line()

    def _break_line(self) -> None:
        self._text.append(" ")
        if self._kinds[-1] is BlockKind.PARAGRAPH:
            self._flush(BlockKind.PARAGRAPH)

    def _is_left_out(self, element: HtmlElement) -> bool:
        if element.tag in _NEVER_READ or _is_hidden(element):
            return True
        return element is not self._story and element not in self._above and self._is_furniture(element)

    def _note_anchor(self, element: HtmlElement) -> None:
        href = element.get("href") or element.get("target") or ""
        rels = set((element.get("rel") or "").lower().split())
        if href and not rels & _UNWANTED_RELS:
            self._anchors.append(Anchor(clean("".join(element.itertext())), href))

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
        self._keep(Block(kind, text, anchors, level, quoted=bool(self._quotations), boxed=bool(self._boxes)))

    def _keep(self, block: Block) -> None:
        known = block.kind is not BlockKind.ITEM and section_of(block.text) is not None
        if known or block.kind is BlockKind.HEADING:
            self._box_kept = known
        if not self._boxes or self._box_kept:
            self.blocks.append(block)

    def _is_furniture(self, element: HtmlElement) -> bool:
        named = element.tag in _FURNITURE_TAGS or element.get("role") in {"navigation", "banner", "dialog", "search"}
        return (named or bool(_names(element) & _FURNITURE_NAMES)) and not self._holds_story(element)

    def _is_box(self, element: HtmlElement) -> bool:
        if element is self._story or element in self._above:
            return False
        if element.tag in _BLOCKS and element.getparent() in self._above:
            return True
        boxed = element.tag in _BOX_TAGS or bool(_names(element) & _BOX_NAMES)
        return boxed and not self._holds_story(element)

    def _holds_story(self, element: HtmlElement) -> bool:
        """Whether a telling name must be wrong: the headline or most of the story stands inside."""
        return element.find(".//h1") is not None or len(element.findall(".//p")) * 2 > max(self._paragraphs, 4)


def _breaks_line(element: HtmlElement) -> bool:
    return element.tag in _BLOCKS or element.tag in _KINDS


def _names(element: HtmlElement) -> set[str]:
    joined = f"{element.get('class') or ''} {element.get('id') or ''}"
    return {part.lower() for part in _NAME_PARTS.split(joined) if part}


def _is_hidden(element: HtmlElement) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or element.get("aria-hidden") == "true" or "display:none" in style
