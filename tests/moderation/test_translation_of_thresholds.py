import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.translation import translate

SCORE = st.floats(0, 1)


def test_a_scorer_that_gives_half_the_score_needs_half_the_threshold():
    theirs = [number / 1000 for number in range(1000)]
    found = translate([(score, score / 2) for score in theirs], 0.8)
    assert (found.share, found.threshold, found.agree) == (0.8, 0.4, 1.0)
    assert found.low <= 0.4 <= found.high < 0.41


def test_the_same_share_is_let_through_by_a_scorer_that_sees_it_otherwise():
    chance = random.Random(1)  # noqa: S311 - the same each time
    pairs = [(chance.random(), chance.random() ** 3) for _ in range(2000)]
    found = translate(pairs, 0.7)
    assert sum(ours < found.threshold for _, ours in pairs) / len(pairs) == pytest.approx(found.share)
    assert found.agree < 0.7


def test_fewer_texts_tell_less():
    chance = random.Random(2)  # noqa: S311 - the same each time
    pairs = [(score, score) for score in (chance.random() for _ in range(1000))]
    few, many = translate(pairs[:50], 0.5), translate(pairs, 0.5)
    assert many.high - many.low < few.high - few.low


def test_the_same_texts_give_the_same_answer():
    pairs = [(number / 100, (number * 37 % 100) / 100) for number in range(100)]
    assert translate(pairs, 0.3) == translate(pairs, 0.3)


@given(st.lists(st.tuples(SCORE, SCORE), min_size=1, max_size=20), SCORE)
def test_any_scores_give_a_threshold_within_its_interval(pairs, threshold):
    found = translate(pairs, threshold)
    assert 0 <= found.low <= found.high <= 1
    assert 0 <= found.threshold <= 1
    assert (
        sum(ours < found.threshold for _, ours in pairs) <= sum(theirs < threshold for theirs, _ in pairs) or not pairs
    )
