"""What the encoder is trained on: English rows in the shares that help, our own sentences, disguises, padding."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from moderation.scorers.onnx_text import prepare
from moderation.training.counterexamples import counterexamples
from moderation.training.encoder.disguise import disguise
from moderation.training.encoder.examples import examples, quotations
from moderation.training.encoder.loop import Prepared
from moderation.training.rows import Row, of_part, targets

LONGEST = 96
"""Tokens of a training text; what is served is read in windows."""
_TIMES = {
    "civil_7labels": 4,
    "civil_seed": 4,
    "jigsaw18": 2,
    "jigsaw18_ibm": 2,
    "davidson": 0.3,
    "edos": 0.35,
    "guest_misogyny": 0.4,
    "mlma_en": 0.2,
    "paradetox": 0.45,
    "stormfront": 0.5,
    "toxic_spans": 0.8,
    "tweeteval_hate": 0.5,
    "tweeteval_offensive": 0.8,
    "wiki_debias": 0.5,
}
"""How often a row of a source is seen in one pass; below one, the chance that it is seen at all."""
_FACTOR = {
    "civil_7labels": 0.25,
    "civil_seed": 0.25,
    "jigsaw18": 0.5,
    "davidson": 2.0,
    "toxic_spans": 4.0,
    "wiki_debias": 2.0,
    "newsdesk": 0.5,
}
"""What the weights of `rows.targets`, made for the linear model, are multiplied with."""
_DISGUISED = 0.15
_PADDED = 2500


def corpus(rows: Sequence[Row], seed: int, share: float = 1.0) -> list[Row]:
    """The texts of one pass, `share` of them drawn; disguised and padded ones among them."""
    draw = random.Random(seed)  # noqa: S311 - a repeatable draw, no secret
    training = of_part(rows, "train")
    own = counterexamples() + examples(seed) + quotations(training, seed)
    every = [*_repeated(training, draw), *own, *_padded(training, draw, _PADDED)]
    if share < 1:
        every = draw.sample(every, round(share * len(every)))
    return [_disguised(row, draw) if draw.random() < _DISGUISED else row for row in every]


def _repeated(rows: Iterable[Row], draw: random.Random) -> Iterator[Row]:
    for row in rows:
        whole, part = divmod(_TIMES.get(row.source, 1), 1)
        yield from [row] * (int(whole) + (draw.random() < part))


def _disguised(row: Row, draw: random.Random) -> Row:
    return replace(row, text=disguise(row.text, draw))


def _padded(rows: Sequence[Row], draw: random.Random, count: int) -> Iterator[Row]:
    """Abuse among harmless sentences is abuse still; what else it is stays unknown where the row does not say yes."""
    abuse = [row for row in rows if row.labels[0] >= 0.5 and len(row.text.split()) <= 25]  # noqa: PLR2004
    clean = [row.text for row in rows if row.labels[0] == 0 and 5 <= len(row.text.split()) <= 25]  # noqa: PLR2004
    for _ in range(count):
        row = draw.choice(abuse)
        parts = [row.text, *draw.sample(clean, draw.randrange(1, 4))]
        draw.shuffle(parts)
        labels = tuple(label if label >= 0.5 else float("nan") for label in row.labels)  # noqa: PLR2004
        yield replace(row, text=" ".join(parts), labels=labels, source="padded")


def prepared(rows: Sequence[Row], tokenizer: Path) -> Prepared:
    """Tokenised as the scorer does it, cut to LONGEST tokens."""
    known = Tokenizer.from_file(str(tokenizer))
    known.no_padding()
    known.enable_truncation(LONGEST)
    encoded = known.encode_batch([prepare(row.text) for row in rows])
    sizes = np.array([len(each.ids) for each in encoded], np.int64)
    start = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
    ids = np.fromiter((token for each in encoded for token in each.ids), np.int32, int(start[-1]))
    labels, weights = targets(rows)
    factor = np.array([_FACTOR.get(row.source, 1.0) for row in rows], np.float32)
    return Prepared(ids, start, labels, weights * factor[:, None])
