"""Texts from a file or standard input, for the commands that score and try them."""

import csv
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TextIO

import typer


class Form(StrEnum):
    JSONL = "jsonl"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Text:
    id: Any
    """As it came: a text or a number."""
    text: str
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that holds no text; `problem` says why."""

    number: int
    problem: str


@contextmanager
def opened(path: Path | None) -> Iterator[TextIO]:
    """The file, or standard input for `-` and for none. Bytes that are no UTF-8 become replacement characters."""
    if path is None or str(path) == "-":
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
        yield sys.stdin
        return
    try:
        lines = path.open(encoding="utf-8-sig", errors="replace", newline="")
    except OSError as problem:
        raise typer.BadParameter(f"{path} cannot be read: {problem.strerror}.") from problem
    with lines:
        yield lines


def read(lines: Iterable[str], form: Form) -> Iterator[Text | BadLine]:
    """One Text or BadLine for each line that is not blank, in order; `id` defaults to the line's number."""
    rows = _json_rows(lines) if form is Form.JSONL else _csv_rows(lines)
    for number, values in rows:
        yield values if isinstance(values, BadLine) else _text(number, values)


def _json_rows(lines: Iterable[str]) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError):
                yield number, BadLine(number, "it is not JSON")


def _csv_rows(lines: Iterable[str]) -> Iterator[tuple[int, Any]]:
    reader = csv.DictReader(lines)
    for values in reader:
        yield reader.line_num, {key: value for key, value in values.items() if key and value is not None}


def _text(number: int, values: Any) -> Text | BadLine:
    if not isinstance(values, dict) or not isinstance(values.get("text"), str):
        return BadLine(number, 'it has no "text"')
    lang = values.get("lang")
    if lang is not None and not isinstance(lang, str):
        return BadLine(number, '"lang" is not a text')
    return Text(values.get("id", number), values["text"], lang or None)
