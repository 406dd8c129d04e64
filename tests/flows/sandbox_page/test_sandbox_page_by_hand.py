"""The sandbox page on a phone, and for people who use no mouse."""

from playwright.async_api import Page, ViewportSize, expect

from tests.flows.sandbox_page.desk import SLOW_MS, Desk

PHONE = ViewportSize(width=390, height=844)


async def test_a_phone_shows_one_app_at_a_time_and_nothing_sticks_out(desk: Desk, page: Page) -> None:
    await page.set_viewport_size(PHONE)
    await expect(desk.app("telegram")).to_be_visible()
    await expect(desk.app("discord")).to_be_hidden()
    assert await _sticking_out(page) == []

    await page.get_by_role("tab", name="Discord").click()
    await expect(desk.app("telegram")).to_be_hidden()
    await expect(desk.app("discord").locator(".dc-embed-title").first).to_be_visible()
    assert await _sticking_out(page) == []


async def test_a_long_line_that_is_quoted_does_not_widen_its_bubble(desk: Desk, page: Page) -> None:
    messages = await desk.chat("Discussion")
    await expect(messages.locator(".tg-bubble").last).to_be_visible()
    too_wide = await messages.locator(".tg-bubble, .tg-row").evaluate_all(
        "nodes => nodes.filter(node => node.getBoundingClientRect().right"
        " > node.closest('.tg-messages').getBoundingClientRect().right + 1).length"
    )
    assert too_wide == 0


async def test_on_a_phone_the_way_back_leads_to_the_chats(desk: Desk, page: Page) -> None:
    await page.set_viewport_size(PHONE)
    await expect(page.get_by_role("navigation", name="Chats")).to_be_hidden()
    await page.get_by_role("button", name="Back to the chats").click()
    await expect(page.get_by_role("navigation", name="Chats")).to_be_visible()
    await desk.chat("Discussion")
    await expect(page.get_by_role("navigation", name="Chats")).to_be_hidden()


async def test_arrow_keys_make_somebody_else_of_you(desk: Desk, page: Page) -> None:
    await desk.be("telegram", "Olena")
    await desk.app("telegram").get_by_role("radio", name="Olena").focus()
    await page.keyboard.press("ArrowRight")
    await expect(desk.app("telegram").locator(".you strong")).to_have_text("Jonas Weber")
    await expect(desk.app("telegram").get_by_role("radio", name="Jonas")).to_be_focused()


async def test_a_form_keeps_the_keyboard_and_closes_on_escape(desk: Desk, page: Page) -> None:
    await desk.be("discord", "Lucas")
    await (await desk.discord_post()).get_by_role("button", name="Comment", exact=True).press("Enter")
    form = desk.app("discord").get_by_role("dialog")
    await expect(form.get_by_label("Your comment")).to_be_focused(timeout=SLOW_MS)
    for _ in range(8):
        await page.keyboard.press("Tab")
        assert await form.evaluate("form => form.contains(document.activeElement)")
    await page.keyboard.press("Escape")
    await expect(form).to_have_count(0)


async def test_a_slash_suggests_commands_and_enter_runs_the_marked_one(desk: Desk, page: Page) -> None:
    await desk.be("discord", "Kenji")
    messages = await desk.place("ask-newsdesk")
    await desk.app("discord").get_by_role("textbox").press_sequentially("/")
    suggestions = desk.app("discord").get_by_role("group", name="Commands").get_by_role("button")
    await expect(suggestions).not_to_have_count(0)
    await page.keyboard.type("hel")
    await expect(suggestions).to_have_count(1)
    await page.keyboard.press("Enter")
    await expect(messages.get_by_text("Only you can see this").last).to_be_visible(timeout=SLOW_MS)


async def test_every_control_has_a_name(desk: Desk, page: Page) -> None:
    nameless = await page.locator("button, input, textarea, select, a").evaluate_all(
        "nodes => nodes.filter(n => !(n.ariaLabel || n.textContent.trim() || n.title || n.labels?.length))"
        ".map(n => n.outerHTML)"
    )
    assert nameless == []


async def _sticking_out(page: Page) -> list[str]:
    """What reaches beyond the edge of the screen, of what can be seen."""
    seen = await page.locator("header, button, .window, .tg-bubble, .dc-embed, .tg-text *, .dc-embed *").evaluate_all(
        "nodes => nodes.filter(node => !node.closest('.faces') && node.checkVisibility()"
        " && node.getBoundingClientRect().right > innerWidth + 1).map(node => node.className)"
    )
    return [str(name) for name in seen]
