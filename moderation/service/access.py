"""Who may ask, and how much: keys in Google's words, and what is left in headers."""

from starlette.requests import Request

from moderation.ports import Allowance, Keys, StoreAway
from moderation.service.errors import Refused, info, quota_exceeded

_HEADER = "x-goog-api-key"


class Access:
    """Open when there are no keys: such a service may only be reached from its own machine."""

    def __init__(self, keys: Keys | None) -> None:
        self._keys = keys

    async def take(self, request: Request, questions: int = 1) -> dict[str, str]:
        """Counts that many questions; gives the headers that tell what is left. Raises Refused."""
        if self._keys is None:
            return {}
        key = request.query_params.get("key") or request.headers.get(_HEADER, "")
        if not key:
            raise _without_key()
        allowance = await _allowance(self._keys, key, questions)
        if allowance is None:
            raise _wrong_key()
        if not allowance.granted:
            raise _exceeded(allowance)
        return _headers(allowance)


async def _allowance(keys: Keys, key: str, questions: int) -> Allowance | None:
    try:
        return await keys.take(key, questions)
    except StoreAway as problem:
        raise Refused(f"Keys cannot be checked now: {problem}", code=503, status="UNAVAILABLE") from problem


def _headers(allowance: Allowance) -> dict[str, str]:
    return {
        "x-ratelimit-limit": str(allowance.limit),
        "x-ratelimit-remaining": str(allowance.remaining),
        "x-ratelimit-reset": str(allowance.seconds),
    }


def _exceeded(allowance: Allowance) -> Refused:
    refused = quota_exceeded(allowance.owner, allowance.limit)
    refused.headers = _headers(allowance) | {"retry-after": str(allowance.seconds)}
    return refused


def _without_key() -> Refused:
    return Refused(
        "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other "
        "form of API consumer identity to call this API.",
        code=403,
        status="PERMISSION_DENIED",
    )


def _wrong_key() -> Refused:
    message = "API key not valid. Please pass a valid API key."
    return Refused(message, details=[info("API_KEY_INVALID", {"service": "commentanalyzer.googleapis.com"})])
