"""Messages of any length fit Discord's limits, and what must be read is never lost."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bots.discord.buttons import rows, view
from bots.discord.fit import cut, fair_shares, fit, length
from bots.discord.render import embeds
from bots.discord.text import plain
from bots.newsroom.messages import Anchor, Bar, Choice, Message, Quote, Section, Tone
from bots.sandbox.discord.validation import check_message

WORDS = st.text(max_size=60)
LONG = st.builds(lambda text, times: text * times, st.text(min_size=1, max_size=40), st.integers(0, 80))
LINES = st.lists(LONG, max_size=12).map(tuple)
MESSAGES = st.builds(
    Message,
    title=st.builds("Headline {}".format, LONG),
    body=LONG,
    kicker=WORDS,
    sections=st.lists(st.builds(Section, heading=LONG, lines=LINES, bullets=st.booleans()), max_size=4).map(tuple),
    quotes=st.lists(st.builds(Quote, LONG, LONG), max_size=10).map(tuple),
    question=LONG,
    bars=st.lists(st.builds(Bar, LONG, st.integers(0, 10**9), st.floats(0, 1)), max_size=10).map(tuple),
    links=st.lists(st.builds(Anchor, WORDS, st.just("https://a.example/") | LONG), max_size=8).map(tuple),
    footer=LONG,
    image_url=st.sampled_from(["", "https://a.example/i.jpg", "ftp://x"]),
    choices=st.lists(st.lists(st.builds(Choice, LONG, st.uuids().map(str)), max_size=7).map(tuple), max_size=12).map(
        tuple
    ),
)


def body(message: Message) -> dict[str, object]:
    shown = [embed.to_dict() for embed in embeds(message)]
    return {"embeds": shown, "components": view(message).to_components()}


@settings(max_examples=60, deadline=None)
@given(MESSAGES)
def test_every_message_fits_whatever_its_length(message: Message) -> None:
    sent = body(message)
    check_message(sent)  # raises what Discord would answer
    assert sum(map(length, texts(message))) <= 6000


def texts(message: Message) -> list[str]:
    found = []
    for embed in embeds(message):
        found += [embed.title, embed.description, embed.author.name, embed.footer.text]
        found += [text for field in embed.fields for text in (field.name, field.value)]
    return [text for text in found if text]


ALERT = Message(
    kicker="Breaking",
    title="Parliament votes on sanctions",
    tone=Tone.BREAKING,
    body="The vote is expected tonight.",
    sections=(Section("What we know", ("Seven people were hurt.", "The port is closed.")),),
    question="Should harsher sanctions follow?",
    bars=(Bar("Yes", 5, 0.625), Bar("No", 3, 0.375), Bar("Not sure", 0, 0)),
    links=(Anchor("Statement", "https://ministry.example/1"),),
    footer="8 votes (5 on Telegram, 3 on Discord). Reader vote, not representative.",
    choices=((Choice("Read", url="https://daily.example/strike"), Choice("Comment", "comment:s1")),),
)


def test_an_alert_reads_from_the_headline_down_to_its_poll() -> None:
    story, poll = (embed.to_dict() for embed in embeds(ALERT))
    assert story["author"] == {"name": "BREAKING"}
    assert (story["title"], story["url"]) == ("Parliament votes on sanctions", "https://daily.example/strike")
    assert story["description"] == "The vote is expected tonight."
    assert [(field["name"], field["value"]) for field in story["fields"]] == [
        ("What we know", "• Seven people were hurt.\n• The port is closed."),
        ("More", "[Statement](https://ministry.example/1)"),
    ]
    assert poll["description"] == (
        "**Should harsher sanctions follow?**\n\n"
        "`██████░░░░  62 %` Yes · 5\n`████░░░░░░  38 %` No · 3\n`░░░░░░░░░░   0 %` Not sure · 0"
    )
    assert poll["footer"]["text"].endswith("not representative.")


def test_a_long_article_gives_way_before_headline_question_and_links_do() -> None:
    long = tuple(f"Point {number}. " + "This sentence goes on for a while. " * 30 for number in range(12))
    sections = (Section("What we know", long), Section("What is disputed", ("Who fired is not known.",)))
    story, poll = embeds(replace(ALERT, sections=sections, body="Standfirst. " * 600))
    names = [field.name for field in story.fields]
    assert names == ["What we know", "What is disputed", "More"]
    assert story.fields[1].value == "• Who fired is not known."
    assert story.description
    assert story.description.endswith(". …")
    assert "Should harsher sanctions follow?" in (poll.description or "")


def test_comments_in_one_message_stand_apart_with_who_wrote_them() -> None:
    quotes = (Quote("I agree.", "Anna · Telegram"), Quote("I *don't*.", "Ben · Discord"))
    first, second = embeds(Message(quotes=quotes))
    assert (first.author.name, first.description) == ("Anna · Telegram", "I agree.")
    assert (second.author.name, second.description) == ("Ben · Discord", "I \\*don't\\*.")


def test_a_moderators_card_quotes_the_comment_below_its_story() -> None:
    card = Message(title="Held for review", body="On: Sanctions", quotes=(Quote("First.\n\nSecond.", "Anna"),))
    assert embeds(card)[0].description == "On\\: Sanctions".replace("\\:", ":") + "\n\n> First.\n> \n> Second.\n— Anna"


def test_more_rows_than_discord_has_become_fewer_and_longer_ones() -> None:
    choices = (*((Choice(f"Option {n}", f"vote:p1:{n}"),) for n in range(10)), (Choice("Comment", "comment:s1"),))
    shown = rows(choices)
    assert [len(row) for row in shown] == [3, 3, 3, 2]
    assert [choice.label for row in shown for choice in row][-1] == "Comment"


def test_an_address_too_long_for_a_button_is_left_to_the_headline() -> None:
    far = "https://a.example/" + "x" * 600
    message = Message(title="T", choices=((Choice("Read", url=far), Choice("Comment", "comment:s1")),))
    assert [item.label for item in view(message).children] == ["Comment"]  # type: ignore[attr-defined]
    assert embeds(message)[0].url == far


@given(LONG, st.integers(0, 300))
def test_what_is_cut_stays_within_its_limit_however_much_markup_it_holds(text: str, limit: int) -> None:
    assert length(fit(text, limit, plain)) <= limit


def test_a_cut_prefers_the_end_of_a_sentence() -> None:
    assert cut("One. Two is longer. Three is not wanted here.", 30) == "One. Two is longer. …"
    assert cut("A single sentence without any end in reach", 20) == "A single sentence…"


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=12), st.integers(0, 6000))
def test_shares_are_fair_and_never_more_than_there_is(wanted: list[int], total: int) -> None:
    shares = fair_shares(wanted, total)
    assert sum(shares) <= total
    assert all(share <= want for share, want in zip(shares, wanted, strict=True))
    short = [share for share, want in zip(shares, wanted, strict=True) if share < want]
    assert not short or max(short) - min(short) <= len(wanted)
