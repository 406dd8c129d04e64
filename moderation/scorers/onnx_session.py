"""The two libraries behind the scorer: onnxruntime runs the graph, tokenizers cuts texts into word pieces."""

from pathlib import Path

import numpy as np
import onnxruntime  # type: ignore[import-untyped] # ships no types
from numpy.typing import NDArray
from tokenizers import Tokenizer

from moderation.ports import ScorerUnavailable

MODEL, TOKENIZER = "model.onnx", "tokenizer.json"


class Encoder:
    """A graph made by `moderation.onnx`, and its tokenizer. Raises ScorerUnavailable when a file cannot be read."""

    def __init__(self, folder: Path) -> None:
        self._tokenizer = _tokenizer(folder / TOKENIZER)
        self._session = _session(folder / MODEL)
        self.metadata: dict[str, str] = self._session.get_modelmeta().custom_metadata_map

    def read_in_windows(self, window: int, overlap: int) -> None:
        """`window` tokens at once, the model's marks included, of which neighbours share `overlap`."""
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(window, stride=overlap)

    def windows(self, text: str) -> list[NDArray[np.int32]]:
        """Token ids, each window (1, tokens); at least one, also for an empty text."""
        first = self._tokenizer.encode(text)
        return [np.array([part.ids], np.int32) for part in (first, *first.overflowing)]

    def logits(self, ids: NDArray[np.int32]) -> NDArray[np.float32]:
        """(outputs,) of one window. May be called from many threads."""
        found: NDArray[np.float32] = self._session.run(None, {"ids": ids})[0][0]
        return found


def _tokenizer(path: Path) -> Tokenizer:
    try:
        return Tokenizer.from_file(str(path))
    except Exception as problem:  # the library raises a bare Exception for a missing file and for bad JSON alike
        raise ScorerUnavailable(f"{path} is no tokenizer: {problem}. Export the model again.") from problem


def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # it keeps what the longest text took for as long as the process runs
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    except Exception as problem:  # its own exceptions share no base but this one
        raise ScorerUnavailable(f"{path} cannot be served: {problem}. Export the model again.") from problem
