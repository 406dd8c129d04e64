"""The document from which Google's client libraries build themselves: with it, changing one address switches them over.

Its form is that of the Discovery API's RestDescription (developers.google.com/discovery/v1/reference/apis).
"""

from collections.abc import Mapping
from typing import Any

from moderation.attributes import ATTRIBUTES

_STRING = {"type": "string"}
_BOOLEAN = {"type": "boolean"}
_NUMBER = {"type": "number", "format": "float"}
_INTEGER = {"type": "integer", "format": "int32"}
_SCOPE = "https://www.googleapis.com/auth/userinfo.email"


def document(root: str) -> dict[str, Any]:
    """The description of the service at `root`, which ends in a slash."""
    return {
        "kind": "discovery#restDescription",
        "discoveryVersion": "v1",
        "id": "commentanalyzer:v1alpha1",
        "name": "commentanalyzer",
        "canonicalName": "Comment Analyzer",
        "version": "v1alpha1",
        "title": "Newsdesk moderation, in the format of the Perspective Comment Analyzer API",
        "description": f"Scores comments by {', '.join(ATTRIBUTES)}.",
        "protocol": "rest",
        "rootUrl": root,
        "baseUrl": root,
        "servicePath": "",
        "basePath": "",
        "batchPath": "batch",
        "auth": {"oauth2": {"scopes": {_SCOPE: {"description": "Not asked for here"}}}},
        "parameters": _parameters(),
        "resources": {
            "comments": {"methods": {"analyze": _method("analyze"), "suggestscore": _method("suggestscore")}}
        },
        "schemas": {name: _schema(name, properties) for name, properties in _SCHEMAS.items()},
    }


def _parameters() -> dict[str, Any]:
    def parameter(description: str, **more: Any) -> dict[str, Any]:
        return {"type": "string", "location": "query", "description": description, **more}

    return {
        "$.xgafv": parameter("Without effect.", enum=["1", "2"], enumDescriptions=["", ""]),
        "access_token": parameter("Without effect: a key is what counts."),
        "alt": parameter("Only json.", default="json", enum=["json"], enumDescriptions=[""]),
        "callback": parameter("JSONP."),
        "fields": parameter("Which fields of the answer to give."),
        "key": parameter("The key, where the service asks for one."),
        "oauth_token": parameter("Without effect: a key is what counts."),
        "prettyPrint": parameter("Indented answers.", type="boolean", default="true"),
        "quotaUser": parameter("Without effect: the quota is the key's."),
        "uploadType": parameter("Without effect."),
        "upload_protocol": parameter("Without effect."),
    }


def _method(name: str) -> dict[str, Any]:
    kind = {"analyze": "AnalyzeComment", "suggestscore": "SuggestCommentScore"}[name]
    return {
        "id": f"commentanalyzer.comments.{name}",
        "path": f"v1alpha1/comments:{name}",
        "flatPath": f"v1alpha1/comments:{name}",
        "httpMethod": "POST",
        "parameters": {},
        "parameterOrder": [],
        "request": {"$ref": f"{kind}Request"},
        "response": {"$ref": f"{kind}Response"},
        "scopes": [_SCOPE],
    }


def _schema(name: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": name, "type": "object", "properties": dict(properties)}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": name}


def _list(of: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": dict(of)}


def _map(of: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": dict(of)}


def _enum(*values: str) -> dict[str, Any]:
    return {"type": "string", "enum": list(values), "enumDescriptions": [""] * len(values)}


_SCORE_TYPE = _enum("SCORE_TYPE_UNSPECIFIED", "PROBABILITY", "STD_DEV_SCORE", "PERCENTILE", "RAW")
_ASKED = {
    "comment": _ref("TextEntry"),
    "context": _ref("Context"),
    "languages": _list(_STRING),
    "clientToken": _STRING,
    "communityId": _STRING,
    "sessionId": _STRING,
}
_SCHEMAS: dict[str, dict[str, Any]] = {
    "AnalyzeCommentRequest": {
        **_ASKED,
        "requestedAttributes": _map(_ref("AttributeParameters")),
        "spanAnnotations": _BOOLEAN,
        "doNotStore": _BOOLEAN,
        "dropUnsupportedAttributes": _BOOLEAN,
    },
    "AnalyzeCommentResponse": {
        "attributeScores": _map(_ref("AttributeScores")),
        "languages": _list(_STRING),
        "detectedLanguages": _list(_STRING),
        "clientToken": _STRING,
    },
    "SuggestCommentScoreRequest": {**_ASKED, "attributeScores": _map(_ref("AttributeScores"))},
    "SuggestCommentScoreResponse": {
        "clientToken": _STRING,
        "detectedLanguages": _list(_STRING),
        "requestedLanguages": _list(_STRING),
    },
    "AttributeParameters": {"scoreType": _SCORE_TYPE, "scoreThreshold": _NUMBER},
    "AttributeScores": {"summaryScore": _ref("Score"), "spanScores": _list(_ref("SpanScore"))},
    "Score": {"value": _NUMBER, "type": _SCORE_TYPE},
    "SpanScore": {"begin": _INTEGER, "end": _INTEGER, "score": _ref("Score")},
    "TextEntry": {"text": _STRING, "type": _enum("TEXT_TYPE_UNSPECIFIED", "PLAIN_TEXT", "HTML")},
    "Context": {
        "entries": _list(_ref("TextEntry")),
        "articleAndParentComment": _ref("ArticleAndParentComment"),
    },
    "ArticleAndParentComment": {"article": _ref("TextEntry"), "parentComment": _ref("TextEntry")},
}
