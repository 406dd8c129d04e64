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
        return json_response(self.body, self.code)


def typed(error_type: str, message: str, **more: Any) -> Refused:
    """INVALID_ARGUMENT with Google's `errorType`, which is what client libraries switch on."""
    return Refused(message, details=[{"@type": _TYPE, "errorType": error_type, **more}])


def language_not_supported(attribute: str, languages: Sequence[str], *, detected: bool) -> Refused:
    field = "detectedLanguages" if detected else "requestedLanguages"
    return typed(
        "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE",
        f"Attribute {attribute} does not support request languages: {', '.join(languages)}",
        languageNotSupportedByAttributeError={field: list(languages), "attribute": attribute},
    )


def overloaded() -> Refused:
    """Google's answer to a client that asks too fast; here it means that the queue is full."""
    metric = "Analysis requests (AnalyzeComment)"
    return Refused(
        f"Quota exceeded for quota metric '{metric}' and limit '{metric} per minute' of service '{_SERVICE}' "
        "for consumer 'project_number:0'.",
        code=429,
        status="RESOURCE_EXHAUSTED",
        details=[
            {
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": "RATE_LIMIT_EXCEEDED",
                "domain": "googleapis.com",
                "metadata": {
                    "service": _SERVICE,
                    "quota_limit": "AnalyzeRequestsPerMinutePerProject",
                    "quota_metric": f"{_SERVICE}/analyze_requests",
                    "consumer": "projects/0",
                },
            }
        ],
    )
