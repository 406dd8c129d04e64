"""The sandbox page as a person uses it: by what is written on it, in a real browser."""

import re
from dataclasses import dataclass
from typing import Literal

from playwright.async_api import Locator, Page, expect

App = Literal["telegram", "discord"]
SLOW_MS = 30_000
"""A comment passes through five processes; a busy machine takes its time."""


@dataclass(frozen=True)
class Desk:
    page: Page

    def app(self, app: App) -> Locator:
        return self.page.locator(f"#app-{app}")

    async def be(self, app: App, name: str) -> None:
        face = self.app(app).get_by_role("radio", name=re.compile(f"^{name}"))
        await face.check(force=True)  # the face lies over the button itself
        await expect(self.app(app).locator(".you strong")).to_have_text(re.compile(name))
        await expect(self.app(app).locator(".spinner")).to_have_count(0)

    # Telegram.

    async def chat(self, title: str) -> Locator:
        """Opens the chat whose name begins so; its messages."""
        await self.app("telegram").locator(".tg-chat", has_text=title).click()
        return self.app("telegram").locator(".tg-messages")

    async def channel_post(self) -> Locator:
        """The first story, in the channel."""
        await self.app("telegram").locator(".tg-chat[aria-label^='Daily News Motion, channel']").click()
        return self.app("telegram").locator(".tg-message", has_text="Velmar").first

    async def comments(self) -> Locator:
        """What stands below the first story."""
        post = await self.channel_post()
        await post.locator(".tg-comments").click()
        return self.app("telegram").locator(".tg-messages")

    async def comment_on_telegram(self, name: str, text: str) -> None:
        await self.be("telegram", name)
        post = await self.channel_post()
        await post.get_by_role("button", name="Comment", exact=True).click()
        chat = self.app("telegram").locator(".tg-messages")
        await expect(chat.get_by_text("Write your comment now").last).to_be_visible(timeout=SLOW_MS)
        await self.app("telegram").get_by_role("textbox").fill(text)
        await self.app("telegram").get_by_role("button", name="Send").click()

    # Discord.

    async def place(self, name: str) -> Locator:
        """Opens the channel or thread with this in its name; its messages."""
        await self.app("discord").locator(".dc-channel", has_text=name).first.click()
        return self.app("discord").locator(".dc-messages")

    async def discord_post(self) -> Locator:
        """The first story, in its channel."""
        messages = await self.place("breaking-news")
        return messages.locator(".dc-message", has=self.page.locator(".dc-embed-title", has_text="Velmar")).first

    async def comment_on_discord(self, name: str, text: str) -> None:
        await self.be("discord", name)
        post = await self.discord_post()
        await post.get_by_role("button", name="Comment", exact=True).click()
        form = self.app("discord").get_by_role("dialog")
        await form.get_by_label("Your comment").fill(text)
        await form.get_by_role("button", name="Submit").click()
        await expect(form).to_have_count(0, timeout=SLOW_MS)
