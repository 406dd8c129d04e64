"""Fine-tunes the built-in encoder and writes it as it is served.

`python -m moderation.training.encoder --data comments-train.csv.gz --base all-MiniLM-L6-v2
--out moderation/models/builtin --weights trained.safetensors`. About 20 minutes on two cores that do nothing else.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from safetensors.torch import save_file

from moderation.decision import LABELS
from moderation.training.card import write_figures
from moderation.training.encoder.corpus import corpus, prepared
from moderation.training.encoder.loop import Recipe, fit
from moderation.training.encoder.network import Network
from moderation.training.encoder.publish import LANGUAGE, publish
from moderation.training.encoder.weights import configuration
from moderation.training.rows import Row, read


def main() -> None:
    """Trains when there are no weights yet, then calibrates, writes the model, and prints the figures."""
    parser = argparse.ArgumentParser(prog="python -m moderation.training.encoder", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the labelled rows, a gzipped CSV file")
    parser.add_argument("--base", type=Path, required=True, help="the folder of the base encoder")
    parser.add_argument("--out", type=Path, required=True, help="the folder for model.onnx and tokenizer.json")
    parser.add_argument("--weights", type=Path, required=True, help="the trained weights; made when there are none")
    parser.add_argument("--share", type=float, default=1.0, help="of the texts of a pass; default all")
    arguments = parser.parse_args()
    rows = [row for row in read(arguments.data) if row.lang == LANGUAGE]
    if not arguments.weights.exists():
        train(rows, arguments.base, arguments.weights, arguments.share)
    model = publish(arguments.weights, arguments.base, rows, arguments.out)
    print(write_figures(model.probabilities, rows, arguments.out / "figures.json"))  # noqa: T201 - this command's purpose


def train(rows: Sequence[Row], base: Path, weights: Path, share: float) -> None:
    """One pass over the corpus, seeded; writes tensors alone."""
    recipe = Recipe()
    network = Network(configuration(base), len(LABELS))
    network.load_base(base)
    fit(network, prepared(corpus(rows, recipe.seed, share), base / "tokenizer.json"), recipe)
    save_file({name: tensor.detach().contiguous() for name, tensor in network.state_dict().items()}, weights)


if __name__ == "__main__":
    main()
