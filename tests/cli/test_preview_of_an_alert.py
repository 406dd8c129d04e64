from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bots.cli.preview import preview
from bots.newsroom.messages import Anchor, Bar, Choice, Message, Platform, Section

MESSAGE = Message(
    title="Strike on the port",
    kicker="Breaking",
    body="Two *were* hurt [officials say].",
    sections=(Section("What we know", ("It struck at 4:12.",)),),
    question="Harsher sanctions?",
    bars=(Bar("Yes", 3, 0.75), Bar("No", 1, 0.25)),
    links=(Anchor("The ministry", "https://gov.example"),),
    footer="4 votes",
    choices=((Choice("Read", url="https://news.example"), Choice("Comment", "comment:s1")),),
)


def drawn(message: Message, platform: Platform) -> str:
    console = Console(width=100, record=True, file=None, quiet=False)
    with console.capture() as capture:
        console.print(preview(message, platform))
    return capture.get()


def test_both_platforms_show_every_part_in_plain_words() -> None:
    for platform in Platform:
        text = drawn(MESSAGE, platform)
        for words in (
            "Strike on the port",
            "Two *were* hurt [officials say].",
            "It struck at 4:12.",
            "Read",
            "4 votes",
        ):
            assert words in text, (platform, words)
        assert "The ministry" in text
        assert "gov.example" not in text, "a link shows its words"


@given(st.text(max_size=200))
def test_any_text_can_be_previewed(text: str) -> None:
    for platform in Platform:
        assert drawn(Message(title="t", body=text, sections=(Section(text, (text,)),)), platform)
