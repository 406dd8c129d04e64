"""Comments that wait for the room's budget go out together, as long as nobody's words have to be cut."""

from bots.newsroom.delivery.joining import fit_together, join_messages
from bots.newsroom.messages import Choice, Message, Quote


def comment(text: str, number: int = 1) -> Message:
    return Message(
        quotes=(Quote(text, f"Anna {number} · Telegram"),), choices=((Choice("Reply", f"reply:c{number}"),),)
    )


def test_ten_short_comments_fit_together_and_no_eleventh() -> None:
    assert fit_together([comment("Short.", number) for number in range(15)]) == 10


def test_long_comments_go_out_in_smaller_parts() -> None:
    assert fit_together([comment("x" * 1500)] * 4) == 2
    assert fit_together([comment("\N{GRINNING FACE}" * 1000)] * 2) == 1


def test_joined_comments_keep_their_order_and_say_whom_a_reply_answers() -> None:
    joined = join_messages([comment("One.", 1), comment("Two.", 2), comment("Three.", 3)])
    assert joined is not None
    assert [quote.text for quote in joined.quotes] == ["One.", "Two.", "Three."]
    assert [[choice.label for choice in row] for row in joined.choices] == [
        ["Reply to Anna 1", "Reply to Anna 2"],
        ["Reply to Anna 3"],
    ]
