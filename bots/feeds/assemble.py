"""An Article out of blocks and declared metadata: the same for every format. What is not found is left out."""

from itertools import dropwhile, islice, takewhile

from bots.feeds.blocks import Block, Metadata
from bots.feeds.boilerplate import is_furniture, is_invitation
from bots.feeds.closing import closing_question
from bots.feeds.errors import ArticleError
from bots.feeds.language import detect_language
from bots.feeds.links import without_urls
from bots.feeds.passages import Passage, arrange
from bots.feeds.prose import shorten
from bots.feeds.statements import statements
from bots.feeds.story_links import story_links
from bots.feeds.vocabulary import Section
from bots.newsroom.alerts.article import Article

MAX_HEADLINE = 250
MAX_STANDFIRST = 300
_SHORT_LEAD = 120
"""A first paragraph below this many characters takes the second with it, if both fit."""
_SHORTEST_PROSE = 40
_ENOUGH_TO_DETECT = 2_000


def assemble(blocks: list[Block], metadata: Metadata, *, source: str, headline: str) -> Article:
    """The article. `headline`, where given, stands before the declared one.

    Raises ArticleError where neither gives a headline.
    """
    title = shorten(headline or metadata.headline, MAX_HEADLINE)
    if not title:
        raise ArticleError(
            f"No headline was found in {source or 'the article'}. Give one: --headline 'Who did what, where'."
        )
    passages = [passage for passage in arrange(blocks) if passage.text != title]
    question, asked = closing_question(passages, title)
    told = [passage for passage in passages if passage is not asked]
    return Article(
        headline=title,
        standfirst=_standfirst(told, metadata.description),
        key_facts=statements(told, Section.FACTS),
        disputed=statements(told, Section.DISPUTED),
        next_steps=statements(told, Section.NEXT),
        links=story_links(passages, metadata, source),
        question=question,
        image_url=metadata.image,
        language=metadata.language or detect_language(" ".join(p.text for p in passages)[:_ENOUGH_TO_DETECT]),
        source=source,
    )


def _standfirst(passages: list[Passage], description: str) -> str:
    """The declared description, unless it is only the cut-off start of the text; else the first paragraph or two."""
    cut_off = description.endswith(("...", "…"))
    if description and not cut_off and not is_furniture(description):
        return shorten(description, MAX_STANDFIRST)
    opening = takewhile(_is_lead, dropwhile(lambda passage: not _is_lead(passage), passages))
    paragraphs = [without_urls(passage.text) for passage in islice(opening, 2)]
    lead = paragraphs[0] if paragraphs else ""
    together = " ".join(paragraphs)
    if len(lead) < _SHORT_LEAD and len(together) <= MAX_STANDFIRST:
        lead = together
    return shorten(lead, MAX_STANDFIRST)


def _is_lead(passage: Passage) -> bool:
    if passage.section or passage.is_item or passage.block.quoted or is_invitation(passage.text):
        return False
    return len(passage.text) >= _SHORTEST_PROSE or passage.text.endswith((".", "!", "。"))
