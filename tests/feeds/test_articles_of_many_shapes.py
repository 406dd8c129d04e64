"""Articles as newsrooms write them, each beside what an alert should take from it, and nothing else."""

import asyncio
import json
from pathlib import Path

import httpx2
import pytest

from bots.feeds import Fetcher, parse_html, read_article
from bots.newsroom.alerts.article import Article, LinkKind

ARTICLES = Path(__file__).parent / "articles"
EXAMPLES = Path(__file__).parents[2] / "examples"


def read(path: Path) -> Article:
    async def from_file() -> Article:
        async with httpx2.AsyncClient() as client:
            return await read_article(str(path), Fetcher(client))

    return asyncio.run(from_file())


def expected(name: str) -> Article:
    return Article.from_json(json.loads((ARTICLES / f"{name}.json").read_text("utf-8")))


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("no-headings.html", id="layout of tables, no headings, no bullets"),
        pytest.param("no-bullets.md", id="Markdown with paragraphs and lines such as 'What we know: ...'"),
        pytest.param(
            "no-question.txt", id="plain text with a byte order mark, wrapped lines and no question to readers"
        ),
        pytest.param("german.html", id="German, in ISO 8859-1, with a description that was cut off"),
        pytest.param("ukrainian.md", id="Ukrainian, with front matter and numbered facts"),
        pytest.param("full-width.txt", id="Chinese, with full-width punctuation"),
    ],
)
def test_an_article_file_gives_what_it_says_and_no_more(name: str) -> None:
    assert read(ARTICLES / name) == expected(name)


def test_a_page_of_a_content_system_gives_the_story_without_the_furniture() -> None:
    page = (ARTICLES / "cms-page.html").read_text("utf-8")
    assert parse_html(page, "https://www.northernpost.example.com/news/skarvik-ferry") == expected("cms-page.html")


def test_the_shipped_strike_story_has_all_that_an_alert_can_show() -> None:
    story = read(EXAMPLES / "strike-and-sanctions.md")
    assert story.question == "Should there be harsher sanctions on countries that indirectly support aggression?"
    assert (len(story.key_facts), len(story.disputed), len(story.next_steps)) == (5, 3, 3)
    assert [link.kind for link in story.links] == [LinkKind.STORY, *[LinkKind.MORE] * 3, *[LinkKind.OFFICIAL] * 3]


def test_the_shipped_flood_story_has_all_that_an_alert_can_show() -> None:
    story = read(EXAMPLES / "river-flood.html")
    assert story.question == "Should the county give farmland back to the river to protect the town?"
    assert (len(story.key_facts), len(story.disputed), len(story.next_steps)) == (4, 2, 2)
    assert [link.kind for link in story.links] == [LinkKind.STORY, *[LinkKind.OFFICIAL] * 2, *[LinkKind.RELATED] * 2]


LONG_SENTENCE = "The inquiry heard that the valve had been reported as stiff on four occasions before it failed. "


def long_read() -> str:
    """About 5,000 words: a box of nine facts, one of them far too long, then chapter after chapter."""
    facts = [f"Finding {number}: the water board knew of defect {number}." for number in range(1, 9)]
    box = "".join(f"<li>{fact}</li>" for fact in [LONG_SENTENCE * 5, *facts])
    chapters = "".join(
        f"<h2>Chapter {chapter}</h2>" + "".join(f"<p>In week {week}. {LONG_SENTENCE * 2}</p>" for week in range(1, 12))
        for chapter in range(1, 13)
    )
    return (
        f"<html lang=en><h1>How the Marrow dam was lost</h1><article>"
        f"<p>A year of warnings went unheard.</p><h2>Key facts</h2>"
        f"<ul>{box}</ul>{chapters}<p>Who would have listened?</p><h2>Read more</h2>"
        + "".join(f"<p><a href='https://example.com/{part}'>Part {part}</a></p>" for part in range(1, 9))
        + "</article></html>"
    )


def test_an_article_of_5000_words_is_bounded_and_cut_at_the_ends_of_sentences() -> None:
    page = long_read()
    assert len(page.split()) > 5_000
    story = parse_html(page)
    assert story.key_facts == (
        (LONG_SENTENCE * 3).strip(),
        *(f"Finding {number}: the water board knew of defect {number}." for number in range(1, 6)),
    )
    assert story.standfirst == "A year of warnings went unheard."
    assert story.question == "Who would have listened?"
    assert [link.label for link in story.links] == ["Part 1", "Part 2", "Part 3", "Part 4"]
