from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.sandbox.discord.markdown import render
from bots.sandbox.discord.state import Channel, Guild, Role, State, User
from bots.sandbox.discord.world import World

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
STATE = State(
    users={"401": User("401", "anna", "Anna")},
    guilds={"1": Guild("1", "Newsroom", "9", roles={"302": Role("302", "World news", 0, 1, color=0x112233)})},
    channels={"203": Channel("203", 0, "lounge", "1")},
)
WORLD = World(STATE, lambda: NOW)


def shape(text: str) -> list[Any]:
    """Nodes as (type, text) or (type, [children])."""
    return [_shape(node) for node in render(WORLD, text)]


def _shape(node: dict[str, Any]) -> Any:
    if "children" in node and any(child["type"] != "text" for child in node["children"]):
        return node["type"], [_shape(child) for child in node["children"]]
    return node["type"], node["text"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", [("text", "plain")]),
        ("**bold** and *it*", [("bold", "bold"), ("text", " and "), ("italic", "it")]),
        ("***both***", [("bold", [("italic", "both")])]),
        ("_it_ __under__ ~~gone~~ ||hidden||",
         [("italic", "it"), ("text", " "), ("underline", "under"), ("text", " "), ("strike", "gone"),
          ("text", " "), ("spoiler", "hidden")]),
        ("snake_case_name stays", [("text", "snake_case_name stays")]),
        ("2 * 3 * 4", [("text", "2 * 3 * 4")]),
        (r"\*not\* \<@401>", [("text", "*not* <@401>")]),
        ("`**code**`", [("code", "**code**")]),
        ("```py\nx = 1\n```", [("pre", "x = 1\n")]),
        ("> quoted", [("quote", "quoted")]),
        ("# Title\n-# small\n- point", [("heading", "Title"), ("small", "small"), ("bullet", "point")]),
        ("<@401> <@&302> <#203>",
         [("mention", "@Anna"), ("text", " "), ("role", "@World news"), ("text", " "), ("channel", "#lounge")]),
        ("<@999>", [("mention", "@unknown-user")]),
        ("@everyone", [("mention", "@everyone")]),
        ("<:wave:123>", [("emoji", ":wave:")]),
        ("**<script>alert(1)</script>**", [("bold", "<script>alert(1)</script>")]),
    ],
)  # fmt: skip
def test_markdown_is_read_as_the_app_reads_it(text: str, expected: list[Any]) -> None:
    assert shape(text) == expected


def test_links_keep_their_address_and_only_web_addresses_are_links() -> None:
    [named, _, bare] = render(WORLD, "[Read](https://example.org/a_(b)) https://example.org/x_y.")[:3]
    assert (named["type"], named["text"], named["url"]) == ("link", "Read", "https://example.org/a_(b)")
    assert (bare["type"], bare["url"]) == ("link", "https://example.org/x_y")
    assert [node["type"] for node in render(WORLD, "[x](javascript:alert(1))")] == ["text"]


@pytest.mark.parametrize(
    ("offset", "words"),
    [(300, "in 5 minutes"), (-3600, "1 hour ago"), (-2 * 86_400, "2 days ago"), (0, "0 seconds ago")],
)
def test_a_relative_time_is_worded(offset: int, words: str) -> None:
    [node] = render(WORLD, f"<t:{int(NOW.timestamp()) + offset}:R>")

    assert (node["type"], node["text"]) == ("time", words)


def test_an_impossible_time_stays_text() -> None:
    assert shape("<t:999999999999:F>") == [("text", "<t:999999999999:F>")]


MARKS = st.text(alphabet="*_~|`\\[]()<>@#:&t1 \na-", max_size=300)


@given(st.text(max_size=300) | MARKS)
def test_whatever_is_written_becomes_typed_text(text: str) -> None:
    for node in render(WORLD, text):
        assert isinstance(node["type"], str)
        assert isinstance(node["text"], str)


@given(st.text(alphabet=st.characters(whitelist_categories=("L", "N")), min_size=1, max_size=100))
def test_words_are_not_changed(text: str) -> None:
    assert "".join(node["text"] for node in render(WORLD, text)) == text
