"""A local Telegram: a Bot API 10.0 server on a loopback port, with channels, groups and people.

The unmodified python-telegram-bot talks to it::

    async with await TelegramServer.start(port=0, state_file=None, specs=None, enforce_limits=False) as telegram:
        bot_id = telegram.add_bot("111111:token", "newsdesk_bot", "Newsdesk")
        telegram.add_user(1001, "Ann", username="ann")
        telegram.add_channel(-1001000000001, "Daily News", "dailynews", admins=[bot_id], members=[1001])
        telegram.add_group(-1001000000002, "Discussion", Group(admins=[bot_id], linked_channel=-1001000000001,
                                                               permissions={"can_send_messages": False}))
        app = ApplicationBuilder().token("111111:token").base_url(telegram.base_url).base_file_url(telegram.file_url)

World (adding what exists only renames it): add_bot, add_user, deactivate, add_channel, add_group, set_rights,
set_permissions, migrate.

People; `chat` is a chat's id, and for a private chat the bot's id. What the app would not allow raises NotPossible:
say(user, chat, text, reply_to=, as_channel=), send_photo, send_sticker, send_voice, forward, edit, delete, react,
start_bot(user, bot, payload), follow_link(user, url), block, unblock, join, leave, read(user, chat),
await tap(user, chat, message_id, label_or_data) -> TapAnswer(text, alert, url) | None, press (does not wait), vote,
suggested_commands(user, chat).

Watching: calls (BotCall: method, arguments, status, answer), violations, self_errors, unimplemented, revision,
await wait_for_change(revision, timeout), view(viewer).

Faults: fault(Fault("sendMessage", "flood", times=3, retry_after=1)), lift_faults(). The method "*" meets any call,
the bot's getUpdates included.

view(viewer) -> {"viewer": {id, name, username}, "revision", "answers": [...], "chats": [...]}
  chat     id (to be handed to the actions), kind (channel, supergroup, group, private), title, username, member,
           members, started, blocked, can_write, why_not, linked_chat, pinned [ids], unread, reply_interface,
           commands [{command, description}], messages
  message  id, kind (text, photo, poll, sticker, voice, service), author {id, name, kind: user|bot|chat}, date (ISO),
           edited, mine, unread, text [pieces], photo (address or ""), sticker (emoji), poll, buttons [[{label, kind:
           callback|url, press, url}]], reply_to {id, author, excerpt} | null, thread_id, automatic_forward,
           forwarded_from, link_preview {url, above, large} | null, reactions [{emoji, count, mine}], pinned, silent,
           comments {chat_id, thread_id, count} (channel posts with a discussion)
  piece    {type: text|bold|italic|underline|strikethrough|spoiler|code|pre|quote|link|mention|hashtag|command|service,
           text, styles: [further types], url?}
  answer   what a bot answered to a press in the last minute: id, chat_id, message_id, data, waiting, text, alert, url,
           date
"""

from bots.sandbox.telegram.building import Group
from bots.sandbox.telegram.errors import NotPossible
from bots.sandbox.telegram.platform import BotCall
from bots.sandbox.telegram.pressing import TapAnswer
from bots.sandbox.telegram.server import TelegramServer

__all__ = ["BotCall", "Group", "NotPossible", "TapAnswer", "TelegramServer"]
