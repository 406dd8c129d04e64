"""How a message looks on Telegram, as plain values."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bots.newsroom.messages import Anchor, Bar, Choice, Message, Quote, Section, Tone
from bots.sandbox.telegram.markup.detect import with_detected
from bots.sandbox.telegram.markup.formatted import Formatted, trimmed, units
from bots.sandbox.telegram.markup.html import parse_html
from bots.telegram.render import CAPTION_LIMIT, TEXT_LIMIT, render, to_html
from bots.telegram.text import WORD_JOINER, clean, cut

QUOTE = Quote("Peace, please.", "Ann · Telegram")
TEXTS = st.text(st.characters(exclude_categories=()), max_size=300)
MARKUP = st.text("<>&;/@\"'=*_`[]()ab bic:. hrefscript&lt;#x0\n", max_size=120)


def shown(message: Message) -> Formatted:
    """As Telegram resolves it: markup parsed, white space at the ends gone, links and mentions found."""
    return with_detected(trimmed(parse_html(to_html(message))))


def test_an_alert_reads_from_sign_to_footer() -> None:
    message = Message(
        title="Headline",
        kicker="Breaking",
        tone=Tone.BREAKING,
        body="Standfirst.",
        sections=(Section("What we know", ("One.", "Two.")),),
        question="Agree?",
        bars=(Bar("Yes", 31, 0.62), Bar("No", 19, 0.38)),
        links=(Anchor("More", "https://example.org/?a=1&b=2"),),
        footer="50 votes.",
    )
    assert to_html(message) == (
        "🔴 <b>BREAKING</b>\n<b>Headline</b>\n\nStandfirst.\n\n<b>What we know</b>\n• One.\n• Two.\n\n"
        "<b>Agree?</b>\n<code>██████░░░░  62%</code>  Yes\n<code>████░░░░░░  38%</code>  No\n\n"
        '↗ <a href="https://example.org/?a=1&amp;b=2">More</a>\n\n<i>50 votes.</i>'
    )


def test_comment_and_reply_are_deep_links_in_a_channel_and_buttons_in_private() -> None:
    message = Message(title="T", choices=((Choice("Comment", "comment:s7"), Choice("Yes", "vote:p1:0")),))
    channel, private = (render(message, "news_bot", private=where).keyboard for where in (False, True))
    assert channel is not None
    assert private is not None
    assert channel.inline_keyboard[0][0].url == "https://t.me/news_bot?start=comment-s7"
    assert channel.inline_keyboard[0][1].callback_data == "vote:p1:0"
    assert private.inline_keyboard[0][0].callback_data == "comment:s7"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "http://", "http://[", "https://a b.example", "tg://user?id=1"])
def test_a_button_that_leads_nowhere_is_left_out(url: str) -> None:
    message = Message(title="T", choices=((Choice("Read", url=url),),), links=(Anchor("More", url),), image_url=url)
    rendered = render(message, "news_bot", private=False)
    assert rendered.keyboard is None
    assert "href" not in rendered.text
    assert rendered.photo == ""


def test_a_photo_is_shown_only_with_the_whole_text() -> None:
    short = Message(title="T", body="x" * 900, image_url="https://example.org/p.jpg")
    long = Message(title="T", body="x" * 1100, image_url="https://example.org/p.jpg")
    assert render(short, "b", private=False).photo == "https://example.org/p.jpg"
    assert render(long, "b", private=False).photo == ""


@given(MARKUP | TEXTS)
@example("hello @durov, @durov! (@durov) https://@durov")
@example("/stop and (/takedown) \n/start")
@example("see https://example.org/@someone?a=1&b=<2>")
def test_what_a_reader_wrote_is_shown_as_written_and_never_as_markup_or_mention(text: str) -> None:
    formatted = shown(Message(quotes=(Quote(text, "Ann · Telegram"),)))
    written = clean(text)
    assert formatted.text.replace(WORD_JOINER, "") == f"Ann · Telegram\n{written.replace(WORD_JOINER, '')}".strip()
    kinds = {entity["type"] for entity in formatted.entities}
    assert kinds <= {"bold", "blockquote", "url", "email", "hashtag"}


@given(st.text(st.characters(exclude_categories=()), max_size=64))
def test_a_name_cannot_leave_its_line(name: str) -> None:
    formatted = shown(Message(quotes=(Quote("text", f"{name} · Telegram"),)))
    first, _, rest = formatted.text.partition("\n")
    assert first.endswith("· Telegram")
    assert rest == "text"


LONG = st.text("Wörter und Sätze. 🚀 ende! ", max_size=9000)
MESSAGES = st.builds(
    Message,
    title=LONG,
    body=LONG,
    kicker=LONG,
    sections=st.lists(st.builds(Section, LONG, st.lists(LONG, max_size=40).map(tuple)), max_size=8).map(tuple),
    quotes=st.lists(st.builds(Quote, LONG, LONG), max_size=12).map(tuple),
    question=LONG,
    bars=st.lists(st.builds(Bar, LONG, st.just(1), st.floats(0, 1)), max_size=12).map(tuple),
    links=st.lists(st.builds(Anchor, LONG, st.just("https://example.org/x")), max_size=12).map(tuple),
    footer=LONG,
)


@given(MESSAGES)
def test_every_message_fits_whatever_its_length(message: Message) -> None:
    for limit in (TEXT_LIMIT, CAPTION_LIMIT * 4):
        assert units(parse_html(to_html(message, limit)).text) <= limit


def test_what_is_too_long_gives_way_evenly_and_question_and_footer_stay() -> None:
    sections = (Section("What we know", tuple("A fact that is told at length. " * 20 for _ in range(12))),)
    message = Message(title="Headline", body="Standfirst. " * 300, sections=sections, question="Agree?", footer="Foot.")
    text = parse_html(to_html(message)).text
    assert units(text) <= TEXT_LIMIT
    assert text.startswith("Headline\n\nStandfirst.")
    assert text.endswith("Agree?\n\nFoot.")
    facts = re.findall(r"• (.*)", text)
    assert len(facts) == 12
    assert len({len(fact) for fact in facts}) == 1
    assert all(fact.endswith("at length. …") for fact in facts)


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("Short.", 10, "Short."),
        ("One sentence. Another one here.", 20, "One sentence. …"),
        ("No sentence ends in this one", 18, "No sentence ends…"),
        ("Unbroken" * 10, 12, "UnbrokenUn…"),
        ("🚀" * 10, 9, "🚀🚀🚀…"),
        ("e\u0301" * 10, 7, "e\u0301e\u0301…"),
        ("第一句。第二句很长很长很长。", 9, "第一句。 …"),
    ],
)
def test_a_text_is_cut_where_a_reader_would_stop(text: str, limit: int, expected: str) -> None:
    assert cut(text, limit) == expected
    assert units(cut(text, limit)) <= limit
