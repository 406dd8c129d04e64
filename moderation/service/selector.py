"""Google's `fields` parameter: which parts of an answer a client wants, such as `attributeScores/*/summaryScore`."""

import re
from collections.abc import Iterator
from typing import Any

from moderation.service.errors import Refused

_TOKEN = re.compile(r"[A-Za-z0-9_$.*]+|[/,()]")
_DEEPEST = 20

Tree = dict[str, "Tree"]
"""Each wanted name with what is wanted of it; empty for all of it."""


def parse(selector: str) -> Tree:
    """Reads `a,b/c,d(e,f/*)`. Raises Refused."""
    tokens = _TOKEN.findall(selector)
    if "".join(tokens) != selector.replace(" ", "") or not tokens:
        raise _invalid(selector)
    reader = iter(tokens)
    tree, end = _list(reader, selector, 0)
    if end:
        raise _invalid(selector)
    return tree


def select(values: Any, tree: Tree) -> Any:
    """What `tree` wants of a JSON value; a list is looked through, `*` is every name."""
    if isinstance(values, list):
        return [select(each, tree) for each in values]
    if not tree or not isinstance(values, dict):
        return values
    wanted = {name: tree.get(name, tree.get("*")) for name in values}
    return {name: select(values[name], below) for name, below in wanted.items() if below is not None}


def _list(tokens: Iterator[str], selector: str, depth: int) -> tuple[Tree, str]:
    """The entries up to the end or a closing bracket, and which of the two it was."""
    tree: Tree = {}
    while True:
        end = _entry(tokens, tree, selector, depth)
        if end != ",":
            return tree, end


def _entry(tokens: Iterator[str], tree: Tree, selector: str, depth: int) -> str:
    """Puts one entry into the tree; gives the token after it, empty at the end."""
    name = next(tokens, "")
    if not name or name in "/,()" or depth > _DEEPEST:
        raise _invalid(selector)
    below = tree.setdefault(name, {})
    after = next(tokens, "")
    if after == "/":
        return _entry(tokens, below, selector, depth + 1)
    if after == "(":
        inner, end = _list(tokens, selector, depth + 1)
        if end != ")":
            raise _invalid(selector)
        below.update(inner)
        after = next(tokens, "")
    return after


def _invalid(selector: str) -> Refused:
    return Refused(f"Invalid field selection {selector[:80]}")
