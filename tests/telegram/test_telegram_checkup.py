"""What `newsdesk doctor` finds on Telegram, and what it says to do."""

from bots.sandbox.telegram import TelegramServer
from bots.telegram.checkup import Finding, check
from config import Settings
from tests.telegram.town import BOT, CHANNEL, DISCUSSION, ROOM, settings_for


def wrong(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if not finding.ok]


async def test_a_newsroom_that_is_set_up_well_has_nothing_to_mend(platform: TelegramServer) -> None:
    findings = await check(settings_for(platform))
    assert wrong(findings) == []
    assert findings[0].what == "The token is valid: @newsdesk_bot"
    assert all(not finding.what_to_do for finding in findings)


async def test_each_missing_right_is_named_with_where_to_give_it(platform: TelegramServer) -> None:
    platform.set_rights(CHANNEL, BOT, can_edit_messages=False, can_delete_messages=False)
    platform.set_rights(DISCUSSION, BOT, can_delete_messages=False)
    channel, discussion = wrong(await check(settings_for(platform)))
    assert channel.what == "The bot lacks rights in Daily News: edit messages, delete messages"
    assert "Daily News, Administrators" in channel.what_to_do
    assert "Daily News talk" in discussion.what


async def test_an_open_discussion_is_a_fault_unless_comments_are_direct(platform: TelegramServer) -> None:
    platform.set_permissions(DISCUSSION, can_send_messages=True)
    (finding,) = wrong(await check(settings_for(platform)))
    assert "Permissions, switch Send Messages off" in finding.what_to_do
    assert wrong(await check(settings_for(platform, comments={"direct": True}))) == []


async def test_a_closed_discussion_is_a_fault_when_comments_are_direct(platform: TelegramServer) -> None:
    (finding,) = wrong(await check(settings_for(platform, comments={"direct": True})))
    assert "switch Send Messages on" in finding.what_to_do


async def test_a_channel_without_a_discussion_has_no_comments(platform: TelegramServer) -> None:
    platform.add_channel(-1001000000055, "Lonely", "lonely", admins=[BOT])
    (finding,) = wrong(await check(_with(platform, channel="@lonely")))
    assert "no discussion group" in finding.what


async def test_an_unreachable_room_and_a_missing_setting_are_named(platform: TelegramServer) -> None:
    (unknown,) = wrong(await check(_with(platform, moderators="-1009999999999")))
    assert unknown.what.startswith("TELEGRAM_MODERATORS (-1009999999999) cannot be reached")
    (unset,) = wrong(await check(_with(platform, moderators=None)))
    assert unset.what == "TELEGRAM_MODERATORS is not set"
    assert "/where" in unset.what_to_do


async def test_a_token_that_is_wrong_or_missing_is_named(platform: TelegramServer) -> None:
    assert [finding.what for finding in await check(_with(platform, token="1:AAwrong"))] == ["The token is not valid"]
    assert [finding.what for finding in await check(Settings())] == ["Telegram is off"]


async def test_telegram_out_of_reach_is_said(platform: TelegramServer) -> None:
    (finding,) = await check(_with(platform, api_base_url="http://127.0.0.1:9/bot"))
    assert finding.what.startswith("Telegram does not answer")


async def test_a_bot_outside_the_moderators_room_cannot_write_there(platform: TelegramServer) -> None:
    platform.set_permissions(ROOM, can_send_messages=False)
    platform.platform.state.chats[str(ROOM)].members[BOT].status = "member"  # type: ignore[assignment]
    (finding,) = wrong(await check(settings_for(platform)))
    assert "administrator of Moderators" in finding.what_to_do


def _with(platform: TelegramServer, **changes: object) -> Settings:
    settings = settings_for(platform)
    return settings.model_copy(
        update={"telegram": settings.telegram.model_validate({**settings.telegram.model_dump(), **changes})}
    )
