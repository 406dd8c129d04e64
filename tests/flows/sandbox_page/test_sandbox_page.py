"""What a newcomer sees and does on the sandbox page, on both sides."""

import re

from playwright.async_api import Locator, Page, expect

from tests.flows.sandbox_page.desk import SLOW_MS, Desk

TALLY = re.compile(r"(\d+) votes \((\d+) on Telegram, (\d+) on Discord\)")
HOSTILE = "<img src=x onerror=\"document.title='broken'\"> <script> **bold** <b>&amp; https://unknown.example/claims"


async def test_the_first_story_stands_on_both_sides_with_its_poll_and_its_comments(desk: Desk) -> None:
    post = await desk.channel_post()
    await expect(post).to_contain_text("Should there be harsher sanctions")
    await expect(post).to_contain_text(TALLY)
    await expect(await desk.comments()).to_contain_text("Kenji Watanabe · Discord")

    post = await desk.discord_post()
    await expect(post.get_by_role("button", name="Not sure")).to_be_visible()
    await expect(await desk.place("Missile strike")).to_contain_text("Olena Marchenko · Telegram")


async def test_votes_from_both_sides_are_one_tally(desk: Desk) -> None:
    await desk.be("telegram", "Ingrid")
    await desk.be("discord", "Samuel")
    before = await _votes(desk)

    await (await desk.channel_post()).get_by_role("button", name="No", exact=True).click()
    await expect(desk.app("telegram").locator(".toast")).to_contain_text("Your vote counts: No", timeout=SLOW_MS)
    await (await desk.discord_post()).get_by_role("button", name="Yes", exact=True).click()
    await expect(desk.app("discord").get_by_text("Your vote counts: Yes")).to_be_visible(timeout=SLOW_MS)

    both = f"{before[0] + 2} votes ({before[1] + 1} on Telegram, {before[2] + 1} on Discord)"
    await expect(await desk.channel_post()).to_contain_text(both, timeout=SLOW_MS)
    await expect(await desk.discord_post()).to_contain_text(both, timeout=SLOW_MS)


async def test_a_comment_written_on_telegram_appears_on_both_sides(desk: Desk) -> None:
    words = "Thank you for saying what is not known yet."
    await desk.comment_on_telegram("Priya", words)
    await _expect_comment(await desk.comments(), "Priya Nair · Telegram", words)
    await _expect_comment(await desk.place("Missile strike"), "Priya Nair · Telegram", words)


async def test_a_comment_written_on_discord_appears_on_both_sides(desk: Desk) -> None:
    words = "The rescuers deserve our thanks tonight."
    await desk.comment_on_discord("Amara", words)
    await expect(desk.app("discord").locator("[data-private]").last).to_be_visible(timeout=SLOW_MS)
    await _expect_comment(await desk.comments(), "Amara Diallo · Discord", words)
    await _expect_comment(await desk.place("Missile strike"), "Amara Diallo · Discord", words)


async def test_a_hostile_comment_is_held_approved_on_the_other_platform_and_stays_text(desk: Desk) -> None:
    await desk.comment_on_telegram("Jonas", HOSTILE)
    await desk.be("discord", "Maya")
    room = await desk.place("moderators")
    card = room.locator(".dc-message", has_text="onerror=")
    await expect(card).to_contain_text("Jonas Weber", timeout=SLOW_MS)
    await card.get_by_role("button", name="Approve").click()
    await expect(card).to_contain_text("Approved by Maya Lindqvist", timeout=SLOW_MS)

    await _expect_comment(await desk.comments(), "Jonas Weber · Telegram", HOSTILE)
    await _expect_comment(await desk.place("Missile strike"), "Jonas Weber · Telegram", HOSTILE)
    await desk.be("telegram", "Maya")
    await expect(await desk.chat("Moderators")).to_contain_text(HOSTILE, timeout=SLOW_MS)
    assert await desk.page.locator("#page :is(img, script, iframe)").count() == 0
    assert "broken" not in await desk.page.title()


async def test_a_newcomer_sees_where_a_comment_waits(desk: Desk) -> None:
    for app in ("telegram", "discord"):
        await expect(desk.app(app).locator(".face", has_text="Maya").locator(".badge")).not_to_be_empty()
    await expect(desk.app("telegram").locator(".face", has_text="Olena").locator(".badge")).to_have_count(0)


async def test_what_is_half_written_survives_what_arrives(desk: Desk) -> None:
    await desk.be("telegram", "Maya")
    await desk.chat("Moderators")
    field = desk.app("telegram").get_by_role("textbox")
    await field.press_sequentially("Half a sen")

    await desk.be("discord", "Maya")
    await desk.place("moderators")
    await desk.app("discord").get_by_role("textbox").fill("I take the next one.")
    await desk.app("discord").get_by_role("button", name="Send").click()
    await expect(desk.app("discord").get_by_text("I take the next one.")).to_be_visible()

    await expect(field).to_have_value("Half a sen")
    await desk.be("telegram", "Olena")
    await desk.be("telegram", "Maya")
    await expect(field).to_have_value("Half a sen")


async def test_a_link_of_an_invented_story_leads_nowhere_and_says_so(desk: Desk) -> None:
    await (await desk.channel_post()).get_by_role("button", name="Read").first.click()
    box = desk.app("telegram").get_by_role("dialog", name="Open this link?")
    await expect(box).to_contain_text("so is this address")
    await box.get_by_role("button", name="Close").click()
    await expect(box).to_have_count(0)


async def test_the_second_story_is_sent_once(desk: Desk) -> None:
    button = desk.page.get_by_role("button", name="Send the second story")
    await button.click()
    await expect(desk.page.get_by_role("button", name="Second story sent")).to_be_disabled(timeout=SLOW_MS)
    await expect(desk.app("discord").locator(".dc-embed-title", has_text="River Arle")).to_have_count(
        1, timeout=SLOW_MS
    )
    await expect(desk.app("telegram").locator("[data-post]", has_text="River Arle")).to_have_count(1, timeout=SLOW_MS)
    await desk.page.reload()
    await expect(desk.page.get_by_role("button", name="Second story sent")).to_be_disabled(timeout=SLOW_MS)


async def test_the_status_page_names_what_runs(page: Page) -> None:
    await page.goto("/status")
    await expect(page.get_by_role("heading", name="Newsdesk")).to_be_visible()
    for name in ("telegram", "discord", "scheduler", "reviewer", "moderation"):
        await expect(page.locator(".states li[data-tone='good']", has_text=name)).not_to_have_count(0, timeout=SLOW_MS)
    await expect(page.get_by_role("heading", name=re.compile("Missile strike"))).to_be_visible()
    await page.get_by_role("link", name="Open the sandbox").click()
    await expect(page.get_by_role("heading", name="Daily News Motion").first).to_be_visible()


async def _expect_comment(messages: Locator, byline: str, words: str) -> None:
    await expect(messages.locator("article", has_text=words).last).to_contain_text(byline, timeout=SLOW_MS)


async def _votes(desk: Desk) -> tuple[int, int, int]:
    found = TALLY.search(await (await desk.channel_post()).inner_text())
    assert found is not None
    return int(found[1]), int(found[2]), int(found[3])
