"""The two ways to say no: to the bot, in the Bot API's words, and to the person at the screen."""

from bots.sandbox.telegram.world import Json

BAD_REQUEST, UNAUTHORIZED, FORBIDDEN, NOT_FOUND, CONFLICT, FLOOD = 400, 401, 403, 404, 409, 429


class NotPossible(Exception):
    """What a person tried cannot be done in the real app either. The text says why, in the app's words."""


class ApiError(Exception):
    """An answer with ok: false. Descriptions are those of the public Bot API server, as far as they are known."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> Json:
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        return body | {"parameters": self.parameters} if self.parameters else body


def bad_request(what: str, parameters: Json | None = None) -> ApiError:
    return ApiError(BAD_REQUEST, f"Bad Request: {what}", parameters)


def forbidden(what: str) -> ApiError:
    return ApiError(FORBIDDEN, f"Forbidden: {what}")


def flood(retry_after: float) -> ApiError:
    seconds = max(1, round(retry_after))
    return ApiError(FLOOD, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
