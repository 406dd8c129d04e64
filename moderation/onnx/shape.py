"""What must be known of an encoder to rebuild it, and under which names its weights are kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self


class Head(StrEnum):
    """How the logits are made from the last layer: two dense layers on the first token, or one on the mean of all."""

    BERT = "bert"
    ROBERTA = "roberta"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class Shape:
    """`prefix` stands before the names of the body's weights; `first` is the row of the first token's position."""

    head: Head
    prefix: str
    hidden: int
    heads: int
    layers: int
    epsilon: float
    first: int = 0

    @classmethod
    def of(cls, architecture: str, config: Mapping[str, Any]) -> Self:
        """From the architecture's name in transformers and its config.json. Raises ValueError for others."""
        if architecture not in _KNOWN:
            raise ValueError(
                f"{architecture} has no fused graph here; these have: {', '.join(sorted(_KNOWN))}. "
                "Score with the detoxify scorer instead."
            )
        if config.get("hidden_act", "gelu") != "gelu":
            raise ValueError(f"The activation {config['hidden_act']!r} is not the exact GELU that the graph uses.")
        head, prefix, is_offset = _KNOWN[architecture]
        return cls(
            head,
            prefix,
            int(config["hidden_size"]),
            int(config["num_attention_heads"]),
            int(config["num_hidden_layers"]),
            float(config["layer_norm_eps"]),
            # RoBERTa counts positions from the row after the padding's
            int(config["pad_token_id"]) + 1 if is_offset else 0,
        )


_KNOWN = {
    "BertForSequenceClassification": (Head.BERT, "bert.", False),
    "RobertaForSequenceClassification": (Head.ROBERTA, "roberta.", True),
    "XLMRobertaForSequenceClassification": (Head.ROBERTA, "roberta.", True),
}
