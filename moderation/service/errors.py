"""Error answers in the shape that clients of the Perspective API read."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

_TYPE = "type.googleapis.com/google.commentanalyzer.v1alpha1.Error"
_SERVICE = "commentanalyzer.googleapis.com"


def json_response(content: Mapping[str, Any], code: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """JSON in ASCII: a client's lone surrogate goes back as the escape it came as."""
    return Response(json.dumps(content), code, headers, "application/json")


class Refused(Exception):
    """A request that gets an error answer with this HTTP status."""

    headers: Mapping[str, str] = {}

    def __init__(
        self,
        message: str,
        *,
        code: int = 400,
        status: str = "INVALID_ARGUMENT",
        details: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        super().__init__(message)
        self.code = code
        error = {"code": code, "message": message, "status": status}
        self.body = {"error": error | ({"details": list(details)} if details else {})}

    def response(self) -> Response:
        return json_response(self.body, self.code, self.headers)


def typed(error_type: str, message: str, **more: Any) -> Refused:
    """INVALID_ARGUMENT with Google's `errorType`, which is what client libraries switch on."""
    return Refused(message, details=[{"@type": _TYPE, "errorType": error_type, **more}])


def info(reason: str, metadata: Mapping[str, str]) -> dict[str, Any]:
    """google.rpc.ErrorInfo."""
    kind = "type.googleapis.com/google.rpc.ErrorInfo"
    return {"@type": kind, "reason": reason, "domain": "googleapis.com", "metadata": dict(metadata)}


def language_not_supported(attribute: str, languages: Sequence[str], *, detected: bool) -> Refused:
    field = "detectedLanguages" if detected else "requestedLanguages"
    return typed(
        "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE",
        f"Attribute {attribute} does not support request languages: {', '.join(languages)}",
        languageNotSupportedByAttributeError={field: list(languages), "attribute": attribute},
    )


def overloaded() -> Refused:
    """The queue is full: said as Google says that a client asks too fast, which clients know how to answer."""
    refused = quota_exceeded("0", None)
    refused.headers = {"retry-after": "1"}
    return refused


def quota_exceeded(consumer: str, limit: int | None) -> Refused:
    """Google's 429; `limit` is questions a minute, None where nobody has agreed on a number."""
    metric = "Analysis requests (AnalyzeComment)"
    metadata = {
        "service": _SERVICE,
        "quota_limit": "AnalyzeRequestsPerMinutePerProject",
        "quota_metric": "CommentAnalyzerService/analyze_requests",
        "quota_location": "global",
        "consumer": f"projects/{consumer}",
    }
    return Refused(
        f"Quota exceeded for quota metric '{metric}' and limit '{metric} per minute' of service '{_SERVICE}' "
        f"for consumer 'project_number:{consumer}'.",
        code=429,
        status="RESOURCE_EXHAUSTED",
        details=[
            info("RATE_LIMIT_EXCEEDED", metadata | ({"quota_limit_value": str(limit)} if limit is not None else {})),
            {
                "@type": "type.googleapis.com/google.rpc.Help",
                "links": [{"description": "Ask whoever runs this service for a higher quota."}],
            },
        ],
    )
