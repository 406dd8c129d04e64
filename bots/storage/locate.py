"""Where the store is: the address that was set, or the server that runs in the data directory."""

from bots.storage.server import Answer, EmbeddedServer
from config import Settings


class StoreNotRunning(Exception):
    """No address is set and no embedded store runs. The message says what to do."""


def locate(settings: Settings) -> str:
    """The store's address. Raises StoreNotRunning."""
    if settings.redis_url is not None:
        return settings.redis_url
    server = EmbeddedServer(settings.data)
    if server.answer() is Answer.NONE:
        raise StoreNotRunning(
            f"No store runs in {settings.data}: run ./newsdesk up (in another terminal), or set REDIS_URL."
        )
    return server.url
