import json
from pathlib import Path

import pytest

from moderation import Outcome
from moderation.phases.words import Words

VECTORS = Path(__file__).parents[4] / "shared" / "vectors" / "coral_wordlist.json"
RULE = Words("banned words", ("knave*", "ass", "two words", "*rogue*", "jalape\u00f1o", "hell"), Outcome.REJECT)


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("You knave!", "knave"),
        ("You KNAVES!", "KNAVES"),
        ("k.n.a.v.e", "k.n.a.v.e"),
        ("you kn4ve", "kn4ve"),
        ("you kn\u0430ve", "kn\u0430ve"),
        ("you kna\u200bve", "kna\u200bve"),
        ("you knaaaave", "knaaaave"),
        ("you kn*ve", "kn*ve"),
        ("what an asss", "asss"),
        ("two   words", "two   words"),
        ("two-words", "two-words"),
        ("the archrogues", "archrogues"),
        ("a jalape\u00f1o", "jalape\u00f1o"),
        ("knave1", "knave"),
    ],
)
def test_a_listed_word_is_found_and_marked_where_it_stands(read, text, marked):
    finding = RULE.judge(read(text))
    assert finding.outcome is Outcome.REJECT
    assert marked in [text[span.begin : span.end] for span in finding.spans]


@pytest.mark.parametrize(
    "innocent",
    [
        "Scunthorpe and Essex are places",
        "the class will pass the assessment",
        "hello, shell and Michelle",
        "three jalape\u00f1os",
        "twowords",
        "k*****",
        "as one",
        "He'll be there",
    ],
)
def test_an_innocent_word_survives(read, innocent):
    assert RULE.judge(read(innocent)).outcome is Outcome.APPROVE


def test_the_moderator_reads_the_words_as_they_were_written(read):
    assert "\u201cKn4ve\u201d" in RULE.judge(read("you Kn4ve")).detail


def test_an_empty_list_finds_nothing(read):
    assert Words("banned words", (), Outcome.REJECT).judge(read("anything")).outcome is Outcome.APPROVE


def test_the_public_word_list_vectors_hold_where_they_speak_of_whole_words(read):
    """Ours undoes stretched letters on purpose, which those vectors let through."""
    if not VECTORS.exists():
        pytest.skip("the public vectors coral_wordlist.json are not beside this checkout")
    stretched = {"baddd", "wwworse", "fffrench fries"}
    for vector in json.loads(VECTORS.read_text(encoding="utf-8")):
        if vector["text"] not in stretched:
            found = Words("x", vector["phrases"], Outcome.REJECT).judge(read(vector["text"])).outcome is Outcome.REJECT
            assert found == vector["match"], vector
