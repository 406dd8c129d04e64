"""What the local Discord answers when it does not do what was asked, in Discord's own codes and words."""

from bots.sandbox.discord.state import Json

UNKNOWN = {
    "Channel": 10003,
    "Guild": 10004,
    "Member": 10007,
    "Message": 10008,
    "Role": 10011,
    "User": 10013,
    "Emoji": 10014,
    "Webhook": 10015,
    "interaction": 10062,
    "application command": 10063,
}


class NotPossible(Exception):
    """A person tried what the app would not let them do. The text says why."""


class ApiError(Exception):
    """An error answer to the bot: HTTP status, Discord's code and message, and the tree of wrong fields if any."""

    def __init__(self, status: int, code: int, message: str, errors: Json | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.body: Json = {"message": message, "code": code} | ({"errors": errors} if errors else {})


def unknown(what: str) -> ApiError:
    """404 for one of the things in UNKNOWN."""
    return ApiError(404, UNKNOWN[what], f"Unknown {what}")


def unauthorized() -> ApiError:
    return ApiError(401, 0, "401: Unauthorized")


def missing_access() -> ApiError:
    return ApiError(403, 50001, "Missing Access")


def missing_permissions() -> ApiError:
    return ApiError(403, 50013, "Missing Permissions")


def empty_message() -> ApiError:
    return ApiError(400, 50006, "Cannot send an empty message")


def already_acknowledged() -> ApiError:
    return ApiError(400, 40060, "Interaction has already been acknowledged.")


def invalid(path: str, code: str, message: str) -> ApiError:
    """A 50035 for one field."""
    wrong = FormErrors()
    wrong.add(path, code, message)
    return wrong.error()


class FormErrors:
    """Collects wrong fields by their path ("embeds.0.title") and raises them as one 50035."""

    def __init__(self) -> None:
        self._tree: Json = {}

    def add(self, path: str, code: str, message: str) -> None:
        node = self._tree
        for part in path.split("."):
            node = node.setdefault(part, {})
        node.setdefault("_errors", []).append({"code": code, "message": message})

    def too_long(self, path: str, limit: int) -> None:
        self.add(path, "BASE_TYPE_MAX_LENGTH", f"Must be {limit} or fewer in length.")

    def raise_if_any(self) -> None:
        if self._tree:
            raise self.error()

    def error(self) -> ApiError:
        return ApiError(400, 50035, "Invalid Form Body", self._tree)
