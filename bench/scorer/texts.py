"""Comments of the lengths that news sites see, put together from sentences of our own."""

import random

from moderation.training.encoder.examples import examples

_WORDS, _SPREAD, _MOST = 3.4, 0.75, 300  # of a log-normal draw: median 30 words, which are about 36 word pieces


def comments(count: int, seed: int) -> list[str]:
    """Another seed gives other comments, so that none is found in a cache."""
    draw = random.Random(seed)  # noqa: S311 - a repeatable draw, no secret
    sentences = [row.text for row in examples()]
    return [_comment(sentences, draw, number) for number in range(count)]


def _comment(sentences: list[str], draw: random.Random, number: int) -> str:
    wanted = min(draw.lognormvariate(_WORDS, _SPREAD), _MOST)
    words = [f"{number}."]
    while len(words) < wanted:
        words += draw.choice(sentences).split()
    return " ".join(words[: max(2, round(wanted))])
