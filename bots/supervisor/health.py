"""Whether the page answers."""

import asyncio

_PATIENCE = 2.0  # seconds for one answer
_POLL = 0.1


async def until_healthy(port: int, seconds: float) -> bool:
    """Whether GET /healthz on the loopback port answered 200 within `seconds`."""
    try:
        async with asyncio.timeout(seconds):
            while not await is_healthy(port):  # noqa: ASYNC110  # another process answers; no event tells
                await asyncio.sleep(_POLL)
    except TimeoutError:
        return False
    return True


async def is_healthy(port: int) -> bool:
    """One question, without an HTTP client: `up` has to be light and to answer before anything else can."""
    try:
        async with asyncio.timeout(_PATIENCE):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                writer.write(b"GET /healthz HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
                return (await reader.readline()).split()[1:2] == [b"200"]
            finally:
                writer.close()
    except (OSError, TimeoutError):
        return False
