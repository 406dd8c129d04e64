import pytest

from moderation import Outcome
from moderation.phases.kind import Kind
from moderation.phases.language import Language
from moderation.phases.length import Length
from moderation.phases.links import Links
from moderation.phases.repeat import Repeat
from moderation.phases.toxicity import Toxicity
from moderation.reading import NoScore, Reading

APPROVE, HOLD, REJECT = Outcome.APPROVE, Outcome.HOLD, Outcome.REJECT


@pytest.mark.parametrize("kind", ["photo", "sticker", "voice", "forward"])
def test_what_is_no_text_waits_for_a_person_even_with_a_caption(read, kind):
    finding = Kind().judge(read("A harmless caption", kind=kind))
    assert (finding.outcome, kind in finding.detail) == (HOLD, True)


@pytest.mark.parametrize(("length", "outcome"), [(1, APPROVE), (1500, APPROVE), (1501, REJECT), (9000, REJECT)])
def test_a_comment_has_at_most_1500_characters(read, length, outcome):
    assert Length(1500).judge(read("x" * length)).outcome is outcome


def test_a_comment_that_is_too_long_is_told_its_count_and_where_the_limit_falls(read):
    finding = Length(1500).judge(read("x" * 1600))
    assert "1,600" in finding.detail
    assert [(span.begin, span.end) for span in finding.spans] == [(1500, 1600)]


@pytest.mark.parametrize("text", ["", "   \n", "\u200b\u2060", "\u3164"])
def test_a_comment_without_anything_to_see_is_refused(read, text):
    assert Length(1500).judge(read(text)).outcome is REJECT


def test_a_photo_without_a_caption_is_not_called_empty(read):
    assert Length(1500).judge(read("", kind="photo")).outcome is APPROVE


ALLOWED = Links(frozenset({"europa.eu"}))


@pytest.mark.parametrize(
    "text",
    [
        "see https://spam.example/offer",
        "see spam-shop.com for more",
        "see hxxps://spam[.]example/offer",
        "see h**p://spam.example",
        "see spam(dot)com now",
        "see spam[.]com now",
        "see spam\u200b.com now",
        "join t.me/joinchat/AAAA",
        "write to me at someone@shop.com",
        "see http://192.168.1.1/login",
        "see https://europa.eu.spam.example/",
        "see https://noteuropa.eu/",
        "see https://someone@europa.eu@spam.example/",
        "see https://europa.eu and https://spam.example",
    ],
)
def test_a_link_to_an_unknown_place_waits_for_a_person(read, text):
    finding = ALLOWED.judge(read(text))
    assert finding.outcome is HOLD
    assert all(0 <= span.begin < span.end <= len(text) for span in finding.spans)


@pytest.mark.parametrize(
    "text",
    ["no link at all.", "see https://europa.eu/news", "see https://ec.europa.eu/a?b=c", "It cost 3.50, i.e. a lot."],
)
def test_allowed_links_and_plain_text_pass(read, text):
    assert ALLOWED.judge(read(text)).outcome is APPROVE


def test_a_defanged_link_is_marked_where_it_stands(read):
    text = "go to hxxps://spam[.]example/x today"
    (span,) = ALLOWED.judge(read(text)).spans
    assert text[span.begin : span.end] == "hxxps://spam[.]example/x"


EARLIER = "The minister should resign over this contract, today."


@pytest.mark.parametrize(
    "again",
    [EARLIER, EARLIER.upper(), EARLIER.replace(",", ""), "The m1nister should resign over this c0ntract, today!"],
)
def test_saying_the_same_again_is_refused_however_it_is_dressed(read, again):
    assert Repeat(90).judge(read(again, recent=("Something else.", EARLIER))).outcome is REJECT


def test_nearly_the_same_waits_for_a_person(read):
    finding = Repeat(90).judge(read("The minister should resign over that contract, today.", recent=(EARLIER,)))
    assert (finding.outcome, "%" in finding.detail) == (HOLD, True)


@pytest.mark.parametrize(
    ("text", "recent"),
    [
        ("A different thought on the same article entirely.", (EARLIER,)),
        ("Thank you all", ("Thank you",)),
        (EARLIER, ()),
        ("\U0001f44d", ("\U0001f44e",)),
    ],
)
def test_a_new_thought_passes(read, text, recent):
    assert Repeat(90).judge(read(text, recent=recent)).outcome is APPROVE


def test_a_language_the_scorer_was_not_trained_on_waits_and_is_named(read):
    finding = Language(frozenset({"en"})).judge(read("Das ist doch wirklich ein guter Artikel gewesen."))
    assert (finding.outcome, "German" in finding.detail) == (HOLD, True)


def test_a_language_nobody_can_tell_waits(read):
    for judged in ({"en"}, ()):
        assert Language(frozenset(judged)).judge(read("\U0001f44d")).outcome is HOLD


def test_a_scorer_behind_http_decides_itself_which_languages_it_judges(read):
    assert Language(frozenset()).judge(read("Das ist doch wirklich ein guter Artikel gewesen.")).outcome is APPROVE


def test_a_score_below_its_band_passes_and_one_on_it_waits(read):
    rule = Toxicity({"toxicity": 0.3, "threat": 0.2})
    assert rule.judge(read("x", scores={"toxicity": 0.29, "threat": 0.19})).outcome is APPROVE
    assert rule.judge(read("x", scores={"toxicity": 0.29, "threat": 0.2})).outcome is HOLD


def test_every_label_that_reaches_its_band_is_named_highest_first(read):
    finding = Toxicity({"toxicity": 0.3, "identity_attack": 0.3}).judge(
        read("x", scores={"toxicity": 0.5, "identity_attack": 0.9})
    )
    assert finding.detail == "Identity attack 0.90 (we hold from 0.30), toxicity 0.50 (we hold from 0.30)."


def test_without_a_score_the_rule_has_no_answer_of_its_own(submission):
    with pytest.raises(NoScore):
        Toxicity({"toxicity": 0.3}).judge(Reading(submission("x"), NoScore("away")))
