"""What the encoder is trained on, as plain values."""

import random

from hypothesis import given
from hypothesis import strategies as st

from moderation import LABELS
from moderation.scorers.onnx_text import prepare
from moderation.training.encoder.disguise import disguise
from moderation.training.encoder.examples import examples, quotations
from moderation.training.rows import Row

TOXIC, CLEAN = (1.0,) * len(LABELS), (0.0,) * len(LABELS)
ABUSE = Row("1", "you are all filthy liars", "en", "davidson", TOXIC, "train")
POLITE = Row("2", "thank you for the article", "en", "civil_seed", CLEAN, "train")


def test_one_seed_gives_one_corpus_and_another_seed_another():
    first, again, other = ([(row.id, row.text) for row in examples(seed)] for seed in (7, 7, 8))
    assert first == again
    assert first != other


def test_no_name_of_a_part_is_left_in_a_sentence():
    assert not [row.text for row in examples() if "{" in row.text]


def test_abuse_is_hate_and_the_same_abuse_opposed_is_not():
    toxic = {row.text.lower() for row in examples() if row.labels[0] == 1}
    opposed = {row.text.lower() for row in examples() if row.id.startswith(("newsdesk:quoted", "newsdesk:negated"))}
    assert not toxic & opposed
    assert len(toxic) > 1000
    assert len(opposed) > 500


def test_quoted_abuse_is_clean_and_abuse_after_a_quotation_is_not():
    found = quotations([ABUSE, POLITE], count=20)
    kinds = {("answer" in row.id, row.labels[0]) for row in found}
    assert kinds == {(False, 0.0), (True, 1.0)}


def test_a_disguised_text_keeps_its_short_words():
    found = disguise("you are an insufferable imbecile", random.Random(3), share=1.0)  # noqa: S311 - no secret
    assert found.split()[:3] == ["you", "are", "an"]
    assert "insufferable" not in found
    assert "imbecile" not in found


@given(st.text(max_size=200), st.randoms())
def test_any_text_can_be_disguised_and_read(text, draw):
    assert isinstance(prepare(disguise(text, draw, share=1.0)), str)


def test_pictures_are_read_by_their_names():
    assert prepare("you \U0001f412 go away \U0001f595!") == "you monkey go away middle finger !"


def test_what_the_normaliser_undoes_reads_as_plain_words():
    assert prepare("Y\u200bou 1d10t") == "you idiot"
