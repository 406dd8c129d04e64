"""The encoder that is fine-tuned: a BERT body whose token vectors are averaged, and seven logits."""

from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import nn
from transformers import BertConfig, BertModel

DROPOUT = 0.1


class Network(nn.Module):
    """`ids` and `mask` (rows, tokens) -> logits (rows, labels). The embeddings stay as they came."""

    def __init__(self, config: dict[str, Any], labels: int) -> None:
        super().__init__()
        known = BertConfig(**config, attn_implementation="sdpa")  # type: ignore[call-arg] # a field of its parent class
        known.hidden_dropout_prob = known.attention_probs_dropout_prob = 0.0
        self.body = BertModel(known, add_pooling_layer=False)
        self.dropout = nn.Dropout(DROPOUT)
        self.head = nn.Linear(known.hidden_size, labels)

    def load_base(self, folder: Path) -> None:
        """Takes the body's weights from model.safetensors. Raises ValueError when any is missing."""
        found = load_file(folder / "model.safetensors")
        missing, _ = self.body.load_state_dict(found, strict=False)
        if missing:
            raise ValueError(f"{folder} lacks {len(missing)} weights, the first {missing[0]}: it is no BERT encoder.")
        for parameter in self.body.embeddings.parameters():
            parameter.requires_grad = False

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        states = self.body(input_ids=ids, attention_mask=mask).last_hidden_state
        weights = mask.unsqueeze(-1).to(states.dtype)
        mean = (states * weights).sum(1) / weights.sum(1)
        logits: torch.Tensor = self.head(self.dropout(mean))
        return logits
