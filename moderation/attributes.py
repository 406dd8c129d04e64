"""The Perspective API's names for our labels."""

from types import MappingProxyType

ATTRIBUTES = MappingProxyType(
    {
        "TOXICITY": "toxicity",
        "SEVERE_TOXICITY": "severe_toxicity",
        "PROFANITY": "obscene",
        "OBSCENE": "obscene",
        "THREAT": "threat",
        "INSULT": "insult",
        "IDENTITY_ATTACK": "identity_attack",
        "SEXUALLY_EXPLICIT": "sexual_explicit",
    }
)
"""Attribute to label, for the attributes that a scorer of ours can judge; no other is ever made up."""

MAX_BYTES = 20_480
"""Longest text in bytes of UTF-8: the 20 kB of Perspective's documentation, as Discourse cuts it."""

SCORER_HEADER = "newsdesk-scorer"
"""Response header in which our service names the scorer behind it, which the Perspective format has no place for."""
