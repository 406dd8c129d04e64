"""Which machines the fetcher may speak to: an article's address must never reach into the newsroom's own network."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from bots.feeds.errors import ArticleError

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""From a host name and a port to the addresses it has, as text."""

_PUBLIC_IPV6 = ip_network("2000::/3")  # IANA: the only global unicast space that is given out
_TRANSLATED = tuple(
    ip_network(block)
    for block in (
        "2001::/32",  # Teredo: carries an IPv4 address
        "2002::/16",  # 6to4: carries an IPv4 address
    )
)


def is_public(address: Address) -> bool:
    """Whether an address is out in the public internet.

    Not public: private, loopback, link-local, multicast, carrier-grade NAT and reserved ranges, and every IPv6 address
    that carries an IPv4 one (mapped, NAT64, 6to4, Teredo), as it may lead to any of these.
    """
    if address.is_multicast or not address.is_global:
        return False
    if isinstance(address, IPv4Address):
        return True
    return address in _PUBLIC_IPV6 and not any(address in block for block in _TRANSLATED)


async def resolve_by_system(host: str, port: int) -> Sequence[str]:
    """The addresses that the system's resolver gives. Raises OSError where it knows none."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def checked(host: str, addresses: Sequence[str], allowed: Sequence[Network]) -> list[Address]:
    """The addresses of a host, all of which may be spoken to. Raises ArticleError when one of them may not."""
    parsed = [ip_address(address) for address in addresses]
    for address in parsed:
        if not is_public(address) and not is_allowed(address, allowed):
            raise ArticleError(
                f"{host} leads to {address}, which is not a public address, so it is not fetched. "
                "Save the article as a file and give that."
            )
    return parsed


def is_allowed(address: Address, allowed: Sequence[Network]) -> bool:
    return any(address in network for network in allowed)
