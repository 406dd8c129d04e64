"""The fetcher against a real web server on this machine, which is exactly where it must not reach by itself."""

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from ipaddress import ip_address, ip_network

import httpx2
import pytest
from aiohttp import web

from bots.feeds import ArticleError, Fetcher, read_article
from bots.feeds.addresses import Resolve, is_public
from bots.feeds.fetch import MAX_BYTES

LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1/128"))
STORY = "<html lang=uk><h1>Міст закрито</h1><p>Міст закрито до п'ятниці, повідомила міська рада міста.</p></html>"


async def html(request: web.Request) -> web.Response:
    return web.Response(text=STORY, content_type="text/html")


async def cyrillic(request: web.Request) -> web.Response:
    return web.Response(body=STORY.encode("cp1251"), headers={"Content-Type": "text/html; charset=windows-1251"})


async def packed(request: web.Request) -> web.Response:
    body = gzip.compress(STORY.encode())
    return web.Response(body=body, headers={"Content-Type": "text/html", "Content-Encoding": "gzip"})


async def bomb(request: web.Request) -> web.Response:
    packer = zlib.compressobj(wbits=31)
    body = b"".join(packer.compress(bytes(2**20)) for _ in range(200)) + packer.flush()
    return web.Response(body=body, headers={"Content-Type": "text/html", "Content-Encoding": "gzip"})


async def broken_gzip(request: web.Request) -> web.Response:
    return web.Response(body=b"not gzip", headers={"Content-Type": "text/html", "Content-Encoding": "gzip"})


async def endless(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/html"})
    await response.prepare(request)
    while True:
        await response.write(b"x" * 65_536)


async def drip(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/html"})
    await response.prepare(request)
    while True:
        await response.write(b"x")
        await asyncio.sleep(0.05)


async def picture(request: web.Request) -> web.Response:
    return web.Response(body=b"\x89PNG", content_type="image/png")


async def missing(request: web.Request) -> web.Response:
    return web.Response(status=404)


async def redirect(request: web.Request) -> web.Response:
    return web.Response(status=302, headers={"Location": request.query["to"]})


async def circle(request: web.Request) -> web.Response:
    return web.Response(status=301, headers={"Location": "/circle"})


async def host_asked_for(request: web.Request) -> web.Response:
    return web.Response(text=f"Asked for {request.host}", content_type="text/plain")


PAGES = [html, cyrillic, packed, bomb, broken_gzip, endless, drip, picture, missing, redirect, circle, host_asked_for]


@asynccontextmanager
async def web_server() -> AsyncIterator[int]:
    app = web.Application()
    app.add_routes([web.get(f"/{page.__name__}", page) for page in PAGES])
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


@pytest.fixture
async def port() -> AsyncIterator[int]:
    async with web_server() as number:
        yield number


@pytest.fixture
async def client() -> AsyncIterator[httpx2.AsyncClient]:
    async with httpx2.AsyncClient() as opened:
        yield opened


@pytest.fixture
def fetcher(client: httpx2.AsyncClient) -> Fetcher:
    return Fetcher(client, LOOPBACK)


def answering(*answers: Sequence[str]) -> Resolve:
    """A name server that gives one answer after another, and the last one for ever."""
    left = list(answers)

    async def resolve(host: str, port: int) -> Sequence[str]:
        return left.pop(0) if len(left) > 1 else left[0]

    return resolve


@pytest.mark.parametrize("page", ["html", "cyrillic", "packed"])
async def test_a_page_becomes_an_article_with_its_address_as_the_story_link(
    fetcher: Fetcher, port: int, page: str
) -> None:
    url = f"http://127.0.0.1:{port}/{page}"
    article = await read_article(f"{url}?utm_source=x", fetcher)
    assert (article.headline, article.language, article.source) == ("Міст закрито", "uk", f"{url}?utm_source=x")
    assert [link.url for link in article.links] == [url]


async def test_a_redirect_is_followed_and_the_last_address_counts(fetcher: Fetcher, port: int) -> None:
    page = await fetcher.fetch(f"http://127.0.0.1:{port}/redirect?to=/html")
    assert page.url == f"http://127.0.0.1:{port}/html"


@pytest.mark.parametrize(
    ("page", "complaint"),
    [
        ("bomb", "larger than 5 MB"),
        ("endless", "larger than 5 MB"),
        ("broken_gzip", "cannot be read"),
        ("picture", "image/png, not an article"),
        ("missing", "status 404"),
        ("circle", "redirects more than 5 times"),
        ("redirect?to=http://169.254.169.254/latest/meta-data/", "not a public address"),
        ("redirect?to=http://10.0.0.1/", "not a public address"),
        ("redirect?to=file:///etc/passwd", "not a web address"),
        ("redirect?to=http://user:secret@127.0.0.1/", "name or a password"),
        ("redirect?to=http://[::1", "could not be fetched"),
    ],
)
async def test_a_page_that_cannot_be_an_article_is_refused_with_the_reason(
    fetcher: Fetcher, port: int, page: str, complaint: str
) -> None:
    with pytest.raises(ArticleError, match=complaint) as refusal:
        await fetcher.fetch(f"http://127.0.0.1:{port}/{page}")
    assert "secret" not in str(refusal.value)


async def test_a_server_that_drips_is_given_up_on(client: httpx2.AsyncClient, port: int) -> None:
    hurried = Fetcher(client, LOOPBACK, max_seconds=0.4)
    with pytest.raises(ArticleError, match=r"within 0\.4 seconds"):
        await hurried.fetch(f"http://127.0.0.1:{port}/drip")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1", "2130706433", "0x7f000001", "[::1]", "0.0.0.0"])  # noqa: S104
async def test_no_spelling_of_this_machine_is_reached(client: httpx2.AsyncClient, port: int, host: str) -> None:
    with pytest.raises(ArticleError, match=r"not a public address|No machine named"):
        await Fetcher(client).fetch(f"http://{host}:{port}/html")


async def test_a_name_that_leads_home_is_refused(client: httpx2.AsyncClient, port: int) -> None:
    fetcher = Fetcher(client, resolve=answering(["127.0.0.1"]))
    with pytest.raises(ArticleError, match=r"news\.example leads to 127\.0\.0\.1"):
        await fetcher.fetch(f"http://news.example:{port}/html")


async def test_one_private_address_among_public_ones_is_enough_to_refuse(client: httpx2.AsyncClient) -> None:
    fetcher = Fetcher(client, resolve=answering(["93.184.215.14", "10.0.0.1"]))
    with pytest.raises(ArticleError, match=r"10\.0\.0\.1"):
        await fetcher.fetch("http://news.example/")


async def test_the_connection_goes_to_the_address_that_was_checked(client: httpx2.AsyncClient, port: int) -> None:
    fetcher = Fetcher(client, LOOPBACK, resolve=answering(["127.0.0.1"], ["192.0.2.1"]))
    page = await fetcher.fetch(f"http://news.example:{port}/host_asked_for")
    assert page.body == f"Asked for news.example:{port}".encode()


async def test_a_name_is_checked_again_at_each_redirect(client: httpx2.AsyncClient, port: int) -> None:
    fetcher = Fetcher(client, LOOPBACK, resolve=answering(["127.0.0.1"], ["169.254.169.254"]))
    with pytest.raises(ArticleError, match=r"169\.254\.169\.254"):
        await fetcher.fetch(f"http://news.example:{port}/redirect?to=/html")


async def test_the_next_address_of_a_host_is_tried_when_one_does_not_answer(
    client: httpx2.AsyncClient, port: int
) -> None:
    fetcher = Fetcher(client, LOOPBACK, resolve=answering(["127.0.0.2", "127.0.0.1"]))
    assert (await fetcher.fetch(f"http://news.example:{port}/html")).media_type == "text/html"


async def test_a_refused_connection_says_what_to_do(client: httpx2.AsyncClient) -> None:
    async with web_server() as closed_soon:
        pass
    with pytest.raises(ArticleError, match=r"could not be fetched.*Save the article as a file"):
        await Fetcher(client, LOOPBACK).fetch(f"http://127.0.0.1:{closed_soon}/")


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("ftp://example.com/a", "not a web address"),
        ("http:///a", "not a web address"),
        ("https://reader:secret@example.com/", "name or a password"),
        ("http://93.184.215.14:8080/", "port 8080"),
        ("http://no-such-name.invalid/", "No machine named no-such-name.invalid"),
    ],
)
async def test_an_address_that_is_not_the_webs_is_refused(client: httpx2.AsyncClient, url: str, complaint: str) -> None:
    with pytest.raises(ArticleError, match=complaint) as refusal:
        await Fetcher(client).fetch(url)
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.215.14", "2606:4700::1111"])
def test_an_address_out_in_the_internet_is_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        *("10.1.2.3", "172.16.0.1", "192.168.1.1", "127.0.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),  # noqa: S104
        *("224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "2001:db8::1"),
        *("::ffff:8.8.8.8", "::ffff:127.0.0.1", "64:ff9b::808:808", "64:ff9b:1::1", "2002:7f00:1::", "2001::1"),
        *("::127.0.0.1", "100::1"),
    ],
)
def test_an_address_inside_or_a_tunnel_to_one_is_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


async def test_a_file_that_cannot_be_an_article_is_refused_with_the_reason(
    client: httpx2.AsyncClient, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("stories")
    files = {
        "story.pdf": b"%PDF-1.7",
        "story.docx": b"PK\x03\x04",
        "story.bin": b"a\0b",
        "old.txt": "Брід".encode("cp1251"),
    }
    for name, body in {**files, "large.txt": b"x" * (MAX_BYTES + 1)}.items():
        (folder / name).write_bytes(body)
    complaints = {
        "story.pdf": "is a PDF",
        "story.docx": "Word or ZIP",
        "story.bin": "not text",
        "old.txt": "not written in utf-8",
        "large.txt": "larger than 5 MB",
        "missing.md": "no file",
        "": "is a folder",
    }
    for name, complaint in complaints.items():
        with pytest.raises(ArticleError, match=complaint):
            await read_article(str(folder / name), Fetcher(client))


async def test_the_content_of_a_file_counts_more_than_its_suffix(
    client: httpx2.AsyncClient, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("stories")
    (folder / "saved.txt").write_text(STORY, "utf-8")
    (folder / "notes").write_text("# Bridge closed\n\n## Key facts\n\n- Closed since noon.\n", "utf-8")
    saved = await read_article(str(folder / "saved.txt"), Fetcher(client))
    notes = await read_article(str(folder / "notes"), Fetcher(client))
    assert (saved.headline, notes.headline, notes.key_facts) == (
        "Міст закрито",
        "Bridge closed",
        ("Closed since noon.",),
    )
