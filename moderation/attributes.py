"""The Perspective API's names for our labels."""

from types import MappingProxyType

_PRODUCTION = {
    "TOXICITY": "toxicity",
    "SEVERE_TOXICITY": "severe_toxicity",
    "IDENTITY_ATTACK": "identity_attack",
    "INSULT": "insult",
    "PROFANITY": "obscene",
    "THREAT": "threat",
}
ATTRIBUTES = MappingProxyType(
    {
        **_PRODUCTION,
        "SEXUALLY_EXPLICIT": "sexual_explicit",
        "OBSCENE": "obscene",
        "TOXICITY_FAST": "toxicity",
        **{f"{name}_EXPERIMENTAL": label for name, label in _PRODUCTION.items()},
    }
)
"""Attribute to label, for the attributes that a scorer of ours can judge; no other is ever made up. The first name of a
label is its own; a later one asks for the same judgement by another name, as the experimental ones always did."""

MAX_BYTES = 20_480
"""Longest text in bytes of UTF-8: the 20 kB of Perspective's documentation, as Discourse cuts it."""

SCORER_HEADER = "newsdesk-scorer"
"""Response header in which our service names the scorer behind it, which the Perspective format has no place for."""
