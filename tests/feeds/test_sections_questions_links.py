# ruff: noqa: RUF001 - headings and questions in many languages
import pytest

from bots.feeds import ArticleError, parse_html, parse_markdown, parse_text
from bots.feeds.boilerplate import is_furniture, is_invitation
from bots.feeds.links import clean_url, is_official
from bots.feeds.prose import sentences, shorten
from bots.feeds.sections import section_of, split_label
from bots.feeds.vocabulary import Section
from bots.newsroom.alerts.article import Link, LinkKind


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("KEY FACTS:", Section.FACTS),
        ("What we know so far about the flood", Section.FACTS),
        ("Was wir wissen", Section.FACTS),
        ("Ce que l’on sait", Section.FACTS),
        ("1. Що відомо", Section.FACTS),
        ("Lo que sabemos", Section.FACTS),
        ("✅ Co wiemy", Section.FACTS),
        ("What we don’t know", Section.DISPUTED),
        ("Unverified", Section.DISPUTED),
        ("Чого ми не знаємо", Section.DISPUTED),
        ("What’s next?", Section.NEXT),
        ("Wie geht es weiter?", Section.NEXT),
        ("Und was jetzt kommt", None),
        ("What we know – and what we don’t", None),
        ("Was wir wissen und was nicht", None),
        ("Related", Section.RELATED),
        ("Related party transactions", None),
        ("Facts and fury in the council chamber", None),
    ],
)
def test_a_heading_opens_the_section_that_newsrooms_mean_by_it(heading: str, section: Section | None) -> None:
    assert section_of(heading) is section


def test_words_before_a_colon_announce_a_section_only_if_they_are_known() -> None:
    assert split_label("What we know: the bridge: closed") == (Section.FACTS, "the bridge: closed")
    assert split_label("The mayor said: the bridge is closed") == (None, "The mayor said: the bridge is closed")


@pytest.mark.parametrize(
    "line",
    [
        "By Anna Holm and Jo Kern",
        "Von Ida Brandt",
        "Sign up to our newsletter",
        "We use cookies to improve your experience.",
        "Published 12 March 2026, 14:02 CET",
        "Photo: Coast guard",
        "© 2026 Daily News Motion",
        "5 min read",
        "* * *",
    ],
)
def test_a_sites_own_lines_are_furniture(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "By noon the river had risen by two metres.",
        "By Friday Anna Holm had left.",
        "Hackers stole session cookies from 400 machines.",
        "The ministry said its newsletter system was attacked on Monday.",
        "Updated figures released by police put the toll at 12",
        "Subscribers of the grid operator, 61,000 of them, had no power.",
        "12 people were hurt.",
    ],
)
def test_a_fact_is_not_furniture_because_of_a_word_in_it(line: str) -> None:
    assert not is_furniture(line)


def test_an_invitation_is_told_from_a_question_and_from_a_statement() -> None:
    assert is_invitation("Share your thoughts in the comments below.")
    assert is_invitation("What do you think?")
    assert not is_invitation("Do you think the ban should stay?")
    assert not is_invitation("The two ministers share views on the dam.")


BODY = "# Bridge closed\n\nThe bridge is closed until further notice, the council said.\n\n"


@pytest.mark.parametrize(
    ("ending", "question"),
    [
        ("Should it be rebuilt?\n\nShare your thoughts below.", "Should it be rebuilt?"),
        ("Costs will rise. Should it be rebuilt? What do you think?", "Should it be rebuilt?"),
        ("Reader poll: Should it be rebuilt?", "Should it be rebuilt?"),
        ('Should the "temporary" closure end?', 'Should the "temporary" closure end?'),
        ("¿Debería reabrirse el puente?", "¿Debería reabrirse el puente?"),
        ("政府应该重建吗？", "政府应该重建吗？"),
        ("هل يجب إعادة بناء الجسر؟", "هل يجب إعادة بناء الجسر؟"),
        ("Should it be rebuilt?\n\n> Should it be blown up?", "Should it be rebuilt?"),
        ("Should it be rebuilt?\n\n## Read more\n\n- [Who built it?](https://example.com/a)", "Should it be rebuilt?"),
        ('"Who will pay for this?" the mayor asked.', ""),
        ('"Who will pay for this?"', ""),
        ('"Nobody asked us. Who will pay?', ""),
        ("> Should it be rebuilt?", ""),
        ("## Should it be rebuilt?\n\nThe council decides in May.", ""),
        ("What do you think?", ""),
        ("Will it hold? Engineers say that they do not know.", ""),
        ("## What we don't know\n\nWhen will it open?", ""),
        ("## What we don't know\n\n- When will it open?", ""),
        ("[Who built the bridge?](https://example.com/a)", ""),
        ("Will it hold?\n\n" + "The works go on, the council said.\n\n" * 8, ""),
    ],
)
def test_the_closing_question_is_the_one_put_to_readers(ending: str, question: str) -> None:
    assert parse_markdown(BODY + ending).question == question


def test_the_closing_question_is_not_told_twice() -> None:
    story = parse_markdown(BODY + "## What happens next\n\nThe council meets in May.\n\nShould you pay for it?")
    assert (story.next_steps, story.question) == (("The council meets in May.",), "Should you pay for it?")


def test_a_list_that_opens_a_story_without_a_heading_is_its_key_facts() -> None:
    items = "- The bridge closed at noon on Monday.\n- A detour of nine miles is signposted.\n"
    assert parse_markdown(BODY + items).key_facts == (
        "The bridge closed at noon on Monday.",
        "A detour of nine miles is signposted.",
    )
    assert parse_markdown(BODY + "The union has these demands:\n\n" + items).key_facts == ()


def test_furniture_between_the_facts_is_no_fact() -> None:
    page = (
        "<h1>Bridge closed</h1><h2>Key facts</h2><p>By Anna Holm</p><p>The bridge closed at noon.</p>"
        "<p>Sign up to our newsletter.</p><p>Photo: Council</p><p>A detour is signposted.</p><p>5 min read</p>"
    )
    assert parse_html(page).key_facts == ("The bridge closed at noon.", "A detour is signposted.")


def test_a_box_beside_the_story_adds_only_what_a_known_heading_announces() -> None:
    page = (
        "<aside><h2>Weather</h2><p>It will rain tomorrow in all parts of the country, forecasters say.</p></aside>"
        "<article><h1>Bridge closed</h1><aside><p>Stay up to date with all that happens in your county.</p></aside>"
        "<p>The bridge over the Arle is closed until further notice, the council said on Monday. "
        "Engineers found cracks in two pillars. A detour of nine miles is signposted.</p></article>"
        "<section><h2>Key facts</h2><ul><li>Closed since noon.</li></ul>"
        "<p>Your view, our pages: will it hold?</p></section>"
    )
    story = parse_html(page)
    assert story.standfirst.startswith("The bridge over the Arle")
    assert (story.key_facts, story.question) == (("Closed since noon.",), "")


@pytest.mark.parametrize("parse", [parse_html, parse_markdown, parse_text])
def test_a_source_without_a_headline_says_how_to_give_one(parse: type) -> None:
    with pytest.raises(ArticleError, match="--headline"):
        parse("- The bridge closed at noon on Monday.", "bridge.txt")


def test_a_given_headline_stands_before_the_sources_own() -> None:
    assert parse_markdown(BODY, headline="Bridge shut").headline == "Bridge shut"


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("/a?utm_source=x&id=1&fbclid=2#top", "https://example.com/a?id=1#top"),
        ("//cdn.example.com/a", "https://cdn.example.com/a"),
        ("https://example.org/a?q=1;2&q=%20", "https://example.org/a?q=1;2&q=%20"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("mailto:a@example.com", ""),
        ("https://user:secret@example.com/", ""),
        ("https://example.com\\@evil.example/", ""),
        ("https://exa mple.com/", ""),
        ("http://[::1", ""),
        ("https://example.com:99999/", ""),
        ("", ""),
        ("https://example.com/" + "a" * 2_000, ""),
    ],
)
def test_only_web_addresses_without_trackers_and_secrets_reach_readers(href: str, url: str) -> None:
    assert clean_url(href, "https://example.com/news/") == url


def test_a_relative_link_without_a_base_is_left_out() -> None:
    assert clean_url("/a") == ""


@pytest.mark.parametrize(
    ("url", "official"),
    [
        ("https://www.weather.gov/alerts", True),
        ("https://www.gov.uk/flood", True),
        ("https://mvs.gov.ua/news", True),
        ("https://www.interieur.gouv.fr/x", True),
        ("https://news.un.org/en", True),
        ("https://ec.europa.eu/press", True),
        ("https://ministry-of-interior.example.org/x", True),
        ("https://un.org.example.com/", False),
        ("https://notun.org/", False),
        ("https://governor.example.com/", False),
        ("https://go.com/", False),
    ],
)
def test_an_authority_is_known_by_its_domain(url: str, *, official: bool) -> None:
    assert is_official(url) is official


def test_the_section_says_what_a_link_is_and_an_authority_is_official_anywhere() -> None:
    page = (
        "# Bridge closed\n\nThe [order](https://roads.example/order) and the [order](https://roads.gov.uk/order) say "
        "it is closed, a [paper](https://paper.example.com) reported.\n\n## Read more\n\n- [Map](https://example.com/map)\n"
        "- [Police](https://police.gov.uk/x)\n\n## Official statements\n\n- [The mayor](https://example.org/mayor)\n"
        "\n## See also\n\n- [Older bridges](https://example.com/old)\n- [Map again](https://example.com/map)\n"
    )
    assert parse_markdown(page).links == (
        Link("order", "https://roads.gov.uk/order", LinkKind.OFFICIAL),
        Link("Map", "https://example.com/map", LinkKind.MORE),
        Link("Police", "https://police.gov.uk/x", LinkKind.OFFICIAL),
        Link("The mayor", "https://example.org/mayor", LinkKind.OFFICIAL),
        Link("Older bridges", "https://example.com/old", LinkKind.RELATED),
    )


def test_sentences_end_neither_at_abbreviations_nor_inside_quotations() -> None:
    text = 'Mr. Holm left at 5 p.m. on 3. March. "Who pays? Nobody," he said. Done.'
    assert sentences(text) == ["Mr. Holm left at 5 p.m. on 3. March.", '"Who pays? Nobody," he said.', "Done."]


def test_a_long_text_is_cut_at_a_sentence_and_else_at_a_word() -> None:
    assert shorten("One is short. Two is longer than that.", 20) == "One is short."
    assert shorten("no sentence ends in here", 15) == "no sentence…"
