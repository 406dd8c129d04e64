"""A page from the web, fetched so that its address cannot be used against us."""

import asyncio
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import Message

import httpx2

from bots.feeds.addresses import Address, Network, Resolve, checked, is_allowed, resolve_by_system
from bots.feeds.errors import ArticleError

MAX_BYTES = 5 * 1024 * 1024
MAX_SECONDS = 15.0
MAX_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_READABLE = frozenset({"text/html", "application/xhtml+xml", "text/plain", "text/markdown", "text/x-markdown"})
_WEB_PORTS = {"http": 80, "https": 443}
_INSTEAD = "Save the article as a file and give that."


@dataclass(frozen=True, slots=True)
class Page:
    url: str
    """Where it was found in the end, after redirects."""
    media_type: str
    charset: str
    """As the server declares it; empty where it does not."""
    body: bytes


class Fetcher:
    """Fetches pages over the given client, from public addresses and `allowed_networks` only.

    The name is resolved here, every address it has is checked, and the connection goes to the checked address, so that
    a second answer of the name server changes nothing. Every redirect is checked anew.
    """

    def __init__(
        self,
        client: httpx2.AsyncClient,
        allowed_networks: Sequence[Network] = (),
        resolve: Resolve = resolve_by_system,
        max_seconds: float = MAX_SECONDS,
    ) -> None:
        self._client = client
        self._allowed = tuple(allowed_networks)
        self._resolve = resolve
        self._max_seconds = max_seconds

    async def fetch(self, url: str) -> Page:
        """The page at an http(s) address, at most 5 MB and 15 seconds. Raises ArticleError where it cannot be had."""
        try:
            async with asyncio.timeout(self._max_seconds):
                return await self._follow(url)
        except TimeoutError as error:
            raise ArticleError(
                f"{url} did not answer in full within {self._max_seconds:g} seconds. Try again later. {_INSTEAD}"
            ) from error

    async def _follow(self, url: str) -> Page:
        asked = url
        for _ in range(MAX_REDIRECTS + 1):
            found = await self._get(url)
            if isinstance(found, Page):
                return found
            url = found
        raise ArticleError(
            f"{asked} redirects more than {MAX_REDIRECTS} times. Give the address it should lead to. {_INSTEAD}"
        )

    async def _get(self, url: str) -> Page | str:
        """The page, or the address that the server redirects to."""
        try:
            target = httpx2.URL(url)
            addresses = await self._addresses(target)
            return await self._get_from_first(target, addresses)
        except (httpx2.HTTPError, httpx2.InvalidURL, UnicodeError) as error:
            reason = str(error) or type(error).__name__
            raise ArticleError(f"{url} could not be fetched: {reason}. Check it in a browser. {_INSTEAD}") from error

    async def _addresses(self, target: httpx2.URL) -> list[Address]:
        if target.scheme not in _WEB_PORTS or not target.host:
            raise ArticleError(
                f"{target} is not a web address. Give one that begins with https:// or the path of a file."
            )
        if target.userinfo:
            raise ArticleError(
                "The address holds a name or a password. Give it without, and save a page behind a log-in as a file."
            )
        host, port = target.raw_host.decode("ascii"), target.port or _WEB_PORTS[target.scheme]
        try:
            addresses = checked(host, await self._resolve(host, port), self._allowed)
        except OSError as error:
            raise ArticleError(f"No machine named {host} was found. Check the address for typing errors.") from error
        if port not in _WEB_PORTS.values() and not all(is_allowed(address, self._allowed) for address in addresses):
            raise ArticleError(
                f"{target} names port {port}; only the web's own, 80 and 443, are fetched from. {_INSTEAD}"
            )
        return addresses

    async def _get_from_first(self, target: httpx2.URL, addresses: Sequence[Address]) -> Page | str:
        """The answer of the first address that takes the connection."""
        for address in addresses[:-1]:
            try:
                return await self._get_from(target, address)
            except (httpx2.ConnectError, httpx2.ConnectTimeout):
                continue
        return await self._get_from(target, addresses[-1])

    async def _get_from(self, target: httpx2.URL, address: Address) -> Page | str:
        response = await self._client.send(_request(target, address), stream=True, follow_redirects=False)
        try:
            if response.status_code in _REDIRECTS and "location" in response.headers:
                return str(target.join(response.headers["location"]))
            return await _page(target, response)
        finally:
            await response.aclose()


def _request(target: httpx2.URL, address: Address) -> httpx2.Request:
    """A request to the checked address that still names the host, to the server and to its certificate.

    A connection of its own: one kept open was checked, and its certificate read, for another name.
    """
    headers = {
        "Host": target.netloc.decode("ascii"),
        "Connection": "close",
        "User-Agent": "Newsdesk (article reader)",
        "Accept": "text/html, application/xhtml+xml, text/markdown;q=0.9, text/plain;q=0.8",
        "Accept-Encoding": "gzip",
    }
    pinned = target.copy_with(host=str(address), fragment=None)
    return httpx2.Request("GET", pinned, headers=headers, extensions={"sni_hostname": target.raw_host.decode("ascii")})


async def _page(target: httpx2.URL, response: httpx2.Response) -> Page:
    if response.status_code != httpx2.codes.OK:
        raise ArticleError(f"{target} answered with status {response.status_code}. Check it in a browser. {_INSTEAD}")
    declared = Message()
    declared["content-type"] = response.headers.get("content-type", "text/html")
    media_type = declared.get_content_type()
    if media_type not in _READABLE:
        raise ArticleError(f"{target} is {media_type}, not an article. Give the address of a web page, or a text file.")
    body = _unpacked(target, await _body(target, response), response.headers.get("content-encoding", "identity"))
    return Page(str(target), media_type, declared.get_content_charset() or "", body)


async def _body(target: httpx2.URL, response: httpx2.Response) -> bytes:
    body = bytearray()
    async for chunk in response.aiter_raw():
        body += chunk
        if len(body) > MAX_BYTES:
            raise _too_large(target)
    return bytes(body)


def _unpacked(target: httpx2.URL, body: bytes, encoding: str) -> bytes:
    """The body without its compression, never growing beyond the limit while it is unpacked."""
    if encoding.strip().lower() in {"", "identity"}:
        return body
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)  # 32: gzip or zlib, by its header
    try:
        unpacked = unpacker.decompress(body, MAX_BYTES + 1)
    except zlib.error as error:
        raise ArticleError(f"{target} came packed in a way that cannot be read ({encoding}). {_INSTEAD}") from error
    if len(unpacked) > MAX_BYTES:
        raise _too_large(target)
    return unpacked


def _too_large(target: httpx2.URL) -> ArticleError:
    return ArticleError(
        f"{target} is larger than {MAX_BYTES // 2**20} MB. Save the article's text alone as a file and give that."
    )
