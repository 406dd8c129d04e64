"""Whatever a reader writes shows as written: read back by the rules of Discord's markdown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.discord.text import link, plain, quoted, tidy
from bots.newsroom.clock import utc_now
from bots.sandbox.discord.markdown import render
from bots.sandbox.discord.state import State
from bots.sandbox.discord.world import World

WORLD = World(State(), utc_now)
MARKUP = st.sampled_from(
    [*list("\\`*_~|[]<>#@:-+.!() \n1a"), "**", "__", "```", "https://a.b/c_d", "<@1>", "@here", "> "]
)
HOSTILE = st.one_of(st.text(), st.lists(MARKUP, max_size=30).map("".join))


def shown(markdown: str) -> str:
    return "".join(node["text"] for node in render(WORLD, markdown))


@given(HOSTILE)
def test_text_shows_as_it_was_written(text: str) -> None:
    nodes = render(WORLD, plain(text))
    assert {node["type"] for node in nodes} <= {"text"}
    assert shown(plain(text)) == tidy(text)


@given(HOSTILE)
def test_a_quote_never_ends_before_its_last_line(text: str) -> None:
    nodes = render(WORLD, quoted(plain(f"a{text}a")))
    assert {node["type"] for node in nodes} <= {"quote"} | ({"text"} if "\n\n" in tidy(f"a{text}a") else set())


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("1. first\n2. second", "1\\. first\n2\\. second"),
        ("- a point\n+ another", "\\- a point\n\\+ another"),
        ("-# small print", "\\-\\# small print"),
        ("half past 12:30", "half past 12\\:30"),
        ("see https://evil.example/_x_", "see https\\://evil.example/\\_x\\_"),
        ("@everyone <@123>", "\\@everyone \\<\\@123\\>"),
        ("right\u202eleft\x00", "rightleft"),
        ("one\r\n\r\n\r\n\r\ntwo", "one\n\ntwo"),
    ],
)
def test_each_kind_of_markup_is_switched_off(written: str, sent: str) -> None:
    assert plain(written) == sent


@pytest.mark.parametrize(
    ("label", "url", "sent"),
    [
        ("The [story]", "https://a.example/x(1)", "[The \\[story\\]](https://a.example/x%281%29)"),
        ("https://other.example", "https://a.example/", "https://a.example/"),
        ("Press", "javascript:alert(1)", "Press"),
        ("Two words", "https://a.example/ü", "[Two words](https://a.example/%C3%BC)"),
        ("", "https://a.example/", "https://a.example/"),
    ],
)
def test_a_link_leads_where_it_says(label: str, url: str, sent: str) -> None:
    assert link(label, url) == sent
