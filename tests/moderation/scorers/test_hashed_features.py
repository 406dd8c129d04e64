import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from moderation.scorers.features import extract, tokens
from moderation.scorers.linear import Linear, weigh

BITS = 16
TEXT = st.text(max_size=60)


def buckets(text: str, bits: int = BITS) -> set[int]:
    return set(extract([text], bits).bucket.tolist())


@settings(deadline=None)
@given(st.lists(TEXT, min_size=1, max_size=6))
def test_the_rows_of_a_batch_are_those_of_the_texts_alone(texts):
    batch = extract(texts, BITS)
    for index, text in enumerate(texts):
        alone = extract([text], BITS)
        row = slice(batch.start[index], batch.start[index + 1])
        assert batch.bucket[row].tolist() == alone.bucket.tolist()
        assert batch.count[row].tolist() == alone.count.tolist()


def test_words_pairs_and_characters_each_have_their_buckets():
    one = buckets("cat")
    assert len(one) == 1 + 1 + 3 + 2 + 1  # the row's own, the word, " ca" "cat" "at ", " cat" "cat ", " cat "
    assert len(buckets("big cat") - one - buckets("big")) == 1  # the pair


def test_repeated_words_are_counted():
    counts = extract(["cat cat cat"], BITS).count
    assert counts.max() == 3


def test_case_links_mentions_and_stretching_make_no_difference():
    assert tokens("HELLO @Somebody see https://a.example/x soooooo") == tokens("hello @other see www.b.example soo")


def test_order_matters_to_pairs_alone():
    assert len(buckets("good bad") ^ buckets("bad good")) == 2


@settings(deadline=None)
@given(st.lists(TEXT, min_size=1, max_size=4))
def test_every_row_has_length_one_after_weighing(texts):
    features = extract(texts, BITS)
    values = weigh(features, np.ones(1 << BITS, np.float32))
    lengths = np.add.reduceat(values**2, features.start[:-1])
    assert np.allclose(lengths, 1, atol=1e-5)


def test_a_linear_model_sums_what_it_sees_and_adds_its_bias():
    features = extract(["cat", "dog"], BITS)
    ones = np.ones(1 << BITS, np.float32)
    model = Linear(np.zeros((1 << BITS, 2), np.float32), np.array([1, -1], np.float32), ones, ones[:2], ones[:2] * 0)
    assert model.logits(features).tolist() == [[1, -1], [1, -1]]
    assert np.allclose(model.probabilities(model.logits(features)), [[0.7311, 0.2689]] * 2, atol=1e-4)
