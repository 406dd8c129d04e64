"""Whatever a source holds, reading it ends in an article or an ArticleError, and the article adds nothing."""

import html
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bots.feeds import ArticleError, parse_html, parse_markdown, parse_text
from bots.feeds.decode import decode
from bots.feeds.prose import clean, sentences, shorten, without_quotations
from bots.newsroom.alerts.article import Article

PIECES = st.sampled_from(
    [
        *(
            "<p>",
            "</p>",
            "<h1>",
            "</h1>",
            "<h2>Key facts</h2>",
            "<ul><li>",
            "</li></ul>",
            "<br>",
            "<div class='related'>",
        ),
        *(
            "</div>",
            "<article>",
            "</article>",
            "<aside>",
            "<blockquote>",
            "<a href='",
            "'>",
            "</a>",
            "<!--",
            "-->",
            "<table>",
        ),
        *(
            "<script type='application/ld+json'>",
            "</script>",
            '{"@type":"NewsArticle","headline":',
            '["x',
            '"}',
            "[[[[",
        ),
        *(
            "# ",
            "## What we know\n",
            "- ",
            "\n\n",
            "\n",
            "> ",
            "---\ntitle: ",
            "```",
            "[a](http://e.org)",
            "What we know: ",
        ),
        *(
            "Read more: ",
            "https://example.org/a?b=c",
            "?",
            "\u201c",
            '"',
            "&amp;",
            "\x00",
            "\u202e",
            "<html lang=en>",
            "Yes.",
        ),
    ]
)
SOURCES = st.lists(PIECES | st.text(max_size=40), max_size=40).map("".join)


def texts(article: Article) -> Iterator[str]:
    yield from (article.headline, article.standfirst, article.question)
    yield from (*article.key_facts, *article.disputed, *article.next_steps)
    yield from (link.label for link in article.links)


def holds(source: str, text: str) -> bool:
    """Whether every letter and digit of the text stands in the source, in that order."""
    following = iter(source)
    return all(char in following for char in text if char.isalnum())


@pytest.mark.parametrize("parse", [parse_html, parse_markdown, parse_text])
@settings(max_examples=150, deadline=None)
@given(source=SOURCES)
def test_no_article_says_a_word_that_its_source_does_not_hold(parse: Callable[[str], Article], source: str) -> None:
    try:
        article = parse(source)
    except ArticleError:
        return
    plain = html.unescape(html.unescape(source))
    assert all(holds(plain, text) or holds(source, text) for text in texts(article))
    assert all(link.url.startswith(("http://", "https://")) for link in article.links)


@settings(max_examples=100, deadline=None)
@given(
    body=st.binary(max_size=300), charset=st.sampled_from(["", "utf-8", "cp1251", "rot13", "idna", "utf-16", "no-such"])
)
def test_any_bytes_become_text_or_an_article_error(body: bytes, charset: str) -> None:
    with suppress(ArticleError):
        assert isinstance(decode(body, "story.txt", charset), str)


@given(st.text())
def test_sentences_are_the_whole_text_and_cutting_only_cuts(text: str) -> None:
    line = clean(text)
    assert "".join("".join(sentences(line)).split()) == "".join(line.split())
    assert len(without_quotations(line)) == len(line)
    assert len(shorten(line, 20)) <= 20
    assert line.startswith(shorten(line, 20).removesuffix("\u2026"))


@pytest.mark.parametrize("parse", [parse_html, parse_markdown, parse_text])
@pytest.mark.parametrize(
    "source",
    [
        pytest.param("<div>" * 20_000 + "Deep", id="deep nesting"),
        pytest.param("> " * 5_000 + "Deep", id="deep quotation"),
        pytest.param("<script type='application/ld+json'>" + "[" * 100_000 + "</script>", id="deep JSON"),
        pytest.param("<p class='nav related'>" * 2_000, id="unclosed boxes"),
        pytest.param("word " * 100_000, id="one long line"),
        pytest.param('"' + "? " * 50_000, id="question marks"),
        pytest.param("- " * 50_000, id="bullets"),
        pytest.param("[" * 20_000, id="brackets"),
    ],
)
def test_a_source_built_to_exhaust_the_reader_still_ends(parse: Callable[..., Article], source: str) -> None:
    assert parse(source, "hostile", "A headline").headline == "A headline"


def test_control_and_direction_marks_never_reach_readers() -> None:
    assert parse_text("Dam \u202eholds\u0007\n\nIt\u200b holds.").headline == "Dam holds"
