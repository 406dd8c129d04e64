"""Sentences written for this project that teach an encoder what public data lacks: who says what about whom.

The same abuse is quoted, denied and opposed; groups and persons are praised, described and attacked; threats come
without a rude word; rude words come without a target; news tells of violence. Every sentence is put together from parts
by a seeded draw. No test set's sentences are used.
"""

import random
from collections.abc import Iterator, Mapping, Sequence

from moderation.decision import LABELS
from moderation.training.encoder.phrases import FORMS, PARTS, QUOTERS
from moderation.training.rows import Row

_DRAWS = 350
"""Sentences of each kind."""

Labels = Mapping[str, float]

CLEAN: Labels = dict.fromkeys(LABELS, 0.0)
HATE: Labels = {"toxicity": 1, "identity_attack": 1}
HATEFUL_THREAT: Labels = {"toxicity": 1, "identity_attack": 1, "threat": 1}
THREAT: Labels = {"toxicity": 1, "threat": 1, "identity_attack": 0}
INSULT: Labels = {"toxicity": 1, "insult": 1, "identity_attack": 0, "threat": 0}
RUDE: Labels = {"obscene": 1, "identity_attack": 0, "threat": 0, "insult": 0}
HARSH: Labels = {"identity_attack": 0, "threat": 0}

_KINDS: tuple[tuple[str, Labels], ...] = (
    ("hate", HATE),
    ("hate", HATE),
    ("hateful_threats", HATEFUL_THREAT),
    ("threats", THREAT),
    ("insults", INSULT),
    ("praise", CLEAN),
    ("neutral", CLEAN),
    ("negated", CLEAN),
    ("quoted", CLEAN),
    ("quoters", CLEAN),
    ("self", CLEAN),
    ("news", CLEAN),
    ("politics", CLEAN),
    ("idioms", CLEAN),
    ("rude", RUDE),
    ("things", HARSH),
    ("professions", HARSH),
)


def examples(seed: int = 7) -> list[Row]:
    """About four thousand rows, in an order that the seed fixes."""
    draw = random.Random(seed)  # noqa: S311 - a repeatable draw, no secret
    drawn = [(kind, labels, _filled(draw.choice(FORMS[kind]), draw)) for kind, labels in _KINDS for _ in range(_DRAWS)]
    unlike = {text: (kind, labels) for kind, labels, text in drawn}
    return [_row(f"{kind}:{index}", text, labels) for index, (text, (kind, labels)) in enumerate(unlike.items())]


def quotations(rows: Sequence[Row], seed: int = 7, count: int = 1500) -> list[Row]:
    """Abuse from the training rows that a sentence reports or opposes; and abuse after a harmless quotation."""
    draw = random.Random(seed)  # noqa: S311
    abuse = [row.text.strip() for row in rows if row.labels[0] >= 0.5 and _is_short(row.text)]  # noqa: PLR2004
    clean = [row.text.strip() for row in rows if row.labels[0] == 0 and _is_short(row.text)]
    return list(_quoted(abuse, draw, count)) + list(_answered(clean, abuse, draw, count // 2))


def _is_short(text: str) -> bool:
    return 3 <= len(text.split()) <= 16 and '"' not in text  # noqa: PLR2004


def _quoted(abuse: Sequence[str], draw: random.Random, count: int) -> Iterator[Row]:
    for index in range(count):
        text = draw.choice(QUOTERS).format(quote=draw.choice(abuse))
        yield _row(f"quotation:{index}", text, CLEAN)


def _answered(clean: Sequence[str], abuse: Sequence[str], draw: random.Random, count: int) -> Iterator[Row]:
    for index in range(count):
        text = f'"{draw.choice(clean)}" {draw.choice(abuse)}'
        yield _row(f"answer:{index}", text, {"toxicity": 1})


def _filled(form: str, draw: random.Random) -> str:
    """The form with every {part} replaced by one of its choices; a choice may hold further parts."""
    text = form.replace("{quote}", "{abuse}")
    for _ in range(3):
        for part, choices in PARTS.items():
            while "{" + part + "}" in text:
                text = text.replace("{" + part + "}", draw.choice(choices), 1)
    return text[:1].upper() + text[1:] if draw.random() < 0.7 else text.lower()  # noqa: PLR2004


def _row(name: str, text: str, labels: Labels) -> Row:
    values = tuple(float(labels.get(label, float("nan"))) for label in LABELS)
    return Row(f"newsdesk:{name}", text, "en", "newsdesk_examples", values, "train")
