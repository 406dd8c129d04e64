"""How an answer is written: the query parameters that every method of a Google API takes."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from starlette.requests import Request
from starlette.responses import Response

from moderation.service import selector
from moderation.service.errors import Refused

_CALLBACK = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*", re.ASCII)
_LONGEST = 200
_FALSE = ("false", "0", "no")


@dataclass(frozen=True, slots=True)
class Presentation:
    """`wanted` is empty for everything; `callback` is the JavaScript function that the answer is given to."""

    wanted: selector.Tree
    pretty: bool = True
    callback: str = ""

    @classmethod
    def of(cls, request: Request) -> Self:
        """Raises Refused for what we cannot write."""
        given = request.query_params
        if given.get("alt", "json") != "json":
            raise Refused(f"Invalid value at 'alt': {given['alt'][:20]} is not served, only json.")
        callback = given.get("callback", "")
        if callback and (len(callback) > _LONGEST or not _CALLBACK.fullmatch(callback)):
            raise Refused("Invalid value at 'callback': it must be the name of a function.")
        chosen = given.get("fields", "")
        pretty = given.get("prettyPrint", "true").lower() not in _FALSE
        return cls(selector.parse(chosen) if chosen else {}, pretty, callback)

    def response(self, content: Mapping[str, Any], headers: Mapping[str, str]) -> Response:
        """JSON in ASCII: a client's lone surrogate goes back as the escape it came as."""
        shown = selector.select(content, self.wanted)
        text = json.dumps(shown, indent=2) if self.pretty else json.dumps(shown, separators=(",", ":"))
        headers = {"x-content-type-options": "nosniff", **headers}
        if self.callback:
            return Response(f"// API callback\n{self.callback}({text});", 200, headers, "text/javascript")
        return Response(text, 200, headers, "application/json")
