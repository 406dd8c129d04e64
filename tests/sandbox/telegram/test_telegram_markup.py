import html
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.sandbox.telegram.checks import FILE_NAME, Description
from bots.sandbox.telegram.errors import ApiError
from bots.sandbox.telegram.markup.detect import with_detected
from bots.sandbox.telegram.markup.formatted import Formatted, cut_units, trimmed, units
from bots.sandbox.telegram.markup.html import parse_html
from bots.sandbox.telegram.markup.markdown import parse_markdown
from bots.sandbox.telegram.text_tree import text_tree

text = st.text(st.characters(exclude_categories=["Cs"]))
fragments = st.lists(
    st.sampled_from(["<b>", "</b>", "<a href='https://a.org'>", "</a>", "<pre>", "</pre>", "x", "🌊", "&lt;"])
)
marks = st.lists(
    st.sampled_from(["*", "_", "__", "~", "||", "`", "```", "[", "](https://a.org)", ">", "\n", "x", "\\", "."])
)


@given(text)
def test_escaped_text_comes_through_html_unchanged(written):
    assert parse_html(html.escape(written, quote=False)) == Formatted(written, [])


@given(text)
def test_escaped_text_comes_through_markdown_unchanged(written):
    escaped = "".join(f"\\{character}" if 0 < ord(character) < 127 else character for character in written)

    assert parse_markdown(escaped) == Formatted(written, [])


@given(fragments.map("".join))
def test_any_html_is_parsed_or_refused_in_the_apis_words(source):
    assert_within(source, parse_html)


@given(marks.map("".join))
def test_any_markdown_is_parsed_or_refused_in_the_apis_words(source):
    assert_within(source, parse_markdown)


def assert_within(source, parse):
    try:
        formatted = trimmed(parse(source))
    except ApiError as refusal:
        assert refusal.description.startswith("Bad Request: can't parse entities")  # noqa: PT017
        return
    for entity in formatted.entities:
        assert entity["length"] > 0
        assert 0 <= entity["offset"] <= entity["offset"] + entity["length"] <= units(formatted.text)


@given(text)
def test_the_pieces_of_a_text_are_the_text(written):
    found = with_detected(Formatted(written))

    assert "".join(piece["text"] for piece in text_tree(found.text, found.entities)) == written


def test_nested_markup_becomes_styles_and_links_lead_only_where_they_may():
    formatted = parse_html(
        "a<b>b<i>c</i></b> <a href='https://example.org/x'><b>d</b></a> <a href='javascript:x'>e</a>"
    )

    pieces = [
        (piece["type"], piece["text"], piece["styles"], piece.get("url"))
        for piece in text_tree(formatted.text, formatted.entities)
    ]

    assert pieces == [
        ("text", "a", [], None),
        ("bold", "b", [], None),
        ("bold", "c", ["italic"], None),
        ("text", " ", [], None),
        ("link", "d", ["bold"], "https://example.org/x"),
        ("text", " e", [], None),
    ]


def test_a_link_entity_of_a_bot_cannot_carry_code_into_the_page():
    tree = text_tree("click", [{"type": "text_link", "offset": 0, "length": 5, "url": "javascript:alert(1)"}])

    assert "url" not in tree[0]


def test_links_mentions_hashtags_and_commands_are_found():
    found = with_detected(Formatted("🌊 /start https://example.org/a?b=1 @ann_reads #flood me@example.org"))

    assert [(e["type"], cut_units(found.text, e["offset"], e["offset"] + e["length"])) for e in found.entities] == [
        ("bot_command", "/start"),
        ("url", "https://example.org/a?b=1"),
        ("mention", "@ann_reads"),
        ("hashtag", "#flood"),
        ("email", "me@example.org"),
    ]


def test_a_code_block_keeps_its_language_and_a_quote_its_lines():
    code = parse_html('<pre><code class="language-python">x</code></pre>')
    quote = parse_markdown(">one\n>two\nafter")

    assert code.entities == [{"type": "pre", "offset": 0, "length": 1, "language": "python"}]
    assert quote.entities == [{"type": "blockquote", "offset": 0, "length": 7}]


@pytest.fixture
def description(rebuild):
    if not (rebuild.specs / FILE_NAME).exists():
        pytest.skip("the published description of the Bot API is not on this machine")
    return Description(rebuild.specs)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ({"chat_id": "1"}, "sendMessage.text is missing"),
        ({"chat_id": "1", "text": "x", "txet": "x"}, "sendMessage.txet is unknown"),
        ({"chat_id": "1", "text": "x", "disable_notification": "perhaps"}, "not Boolean"),
        ({"chat_id": "1", "text": "x", "reply_parameters": "[]"}, "not ReplyParameters"),
        ({"chat_id": "1", "text": "x", "reply_markup": json.dumps({"inline_keyboard": [[{"label": "x"}]]})}, "unknown"),
    ],
)
def test_a_request_that_does_not_fit_the_description_is_a_violation(description, arguments, complaint):
    assert any(complaint in wrong for wrong in description.request("sendMessage", arguments, set()))


def test_an_answer_that_does_not_fit_the_description_is_our_own_error(description):
    assert description.answer("getMe", {"id": 1, "is_bot": True, "first_name": "x"}) == []
    assert description.answer("getMe", {"id": "1", "is_bot": True}) != []
    assert description.answer("sendMessage", {"message_id": 1, "date": 1, "chat": {"id": 1}}) != []


def test_without_a_description_nothing_is_compared(tmp_path):
    assert Description(None).request("sendMessage", {}, set()) == []
    assert Description(tmp_path).answer("sendMessage", {}) == []
