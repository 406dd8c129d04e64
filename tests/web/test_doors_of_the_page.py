import httpx2
import pytest

from tests.web.pages import PAGE

CROSS_SITE = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "10.0.0.7:8080", ""])
async def test_a_foreign_name_for_this_machine_is_refused(page: httpx2.AsyncClient, host: str) -> None:
    answer = await page.get("/status.json", headers={"Host": host})
    assert answer.status_code == 403
    assert "127.0.0.1" in answer.json()["reason"]


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost:8080", "LOCALHOST", "[::1]:8080"])
async def test_this_machine_s_own_names_are_answered(page: httpx2.AsyncClient, host: str) -> None:
    assert (await page.get("/healthz", headers={"Host": host})).status_code == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1"])
async def test_a_request_from_another_page_is_refused(sandbox_page: httpx2.AsyncClient, origin: str) -> None:
    answer = await sandbox_page.post("/sandbox/act", headers={**PAGE, "Origin": origin}, json={})
    assert answer.status_code == 403


async def test_the_page_s_own_origin_is_answered(sandbox_page: httpx2.AsyncClient) -> None:
    own = str(sandbox_page.base_url).rstrip("/")
    assert (await sandbox_page.get("/sandbox/people", headers={"Origin": own})).status_code == 200


async def test_a_browser_that_says_that_another_site_asks_is_refused(sandbox_page: httpx2.AsyncClient) -> None:
    assert (await sandbox_page.get("/sandbox/people", headers=CROSS_SITE)).status_code == 403


async def test_a_link_to_the_page_may_be_followed_from_anywhere(page: httpx2.AsyncClient) -> None:
    followed = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert (await page.get("/healthz", headers=followed)).status_code == 200


@pytest.mark.parametrize("path", ["/sandbox/act", "/sandbox/stories/second"])
async def test_a_change_without_the_page_s_mark_is_refused(sandbox_page: httpx2.AsyncClient, path: str) -> None:
    answer = await sandbox_page.post(path, json={})
    assert (answer.status_code, "X-Newsdesk" in answer.json()["reason"]) == (403, True)


@pytest.mark.parametrize("path", ["/healthz", "/status.json", "/no/such/page", "/static/none.css"])
async def test_every_answer_says_that_a_page_loads_nothing_of_others(page: httpx2.AsyncClient, path: str) -> None:
    headers = (await page.get(path)).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in headers


async def test_a_refusal_carries_the_same_headers(page: httpx2.AsyncClient) -> None:
    answer = await page.get("/healthz", headers={"Host": "evil.example"})
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/static/../app.py", "/static/..%2fapp.py", "/static/%2e%2e/app.py"])
async def test_no_path_leads_out_of_the_static_files(page: httpx2.AsyncClient, path: str) -> None:
    assert (await page.get(path)).status_code == 404


@pytest.mark.parametrize("path", ["/sandbox/people", "/sandbox/state", "/sandbox/stories"])
async def test_outside_the_sandbox_there_is_nothing_of_it(page: httpx2.AsyncClient, path: str) -> None:
    assert (await page.get(path)).status_code == 404
    assert (await page.post("/sandbox/act", headers=PAGE, json={})).status_code == 404
