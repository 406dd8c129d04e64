"""A Discord for one machine: REST and gateway at wire level, so that an unmodified discord.py connects to it.

    server = await DiscordServer.start(port=0, state_file=None, specs=None, enforce_limits=False, clock=utc_now)
    discord.http.Route.BASE = server.api_base_url
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(server.gateway_url)
    ...
    await server.stop()                                  # or: async with await DiscordServer.start() as server

Ids are given as int or str and come back as str. With `state_file` every change is on disk before it is acknowledged.

Furnishing (not async; what exists already stays as it is, so it may be repeated at every start)
    add_guild(id, name); add_bot(token, name, application_id, message_content=True, members=True)
    add_role(id, name, color=0, mentionable=False, permissions=0)
    add_text_channel(id, name, announcement=False, topic=None, read=None, write=None)   role ids; write=() is bots only
    set_overwrite(channel, role_or_user, allow=0, deny=0); add_member(user, name, roles=())

People's actions (async; NotPossible says why the app would not let this person do it)
    say(user, channel, text, reply_to=None) -> id; send_attachment(user, channel, filename, content, text="") -> id
    send_sticker(user, channel, name) -> id; edit(user, message, text); delete(user, message)
    react(user, message, emoji); vote(user, message, answer_ids)
    open_dm(user, bot) -> channel id; close_dms(user, closed=True)
    join(user); leave(user); give_role(user, role); take_role(user, role); mark_read(user, channel)
    click(user, message, button) -> Outcome                   button by label or custom_id
    select(user, message, menu, values) -> Outcome            menu by custom_id or placeholder
    slash(user, channel, "name [subcommand]", options) -> Outcome; message_command(user, message, name) -> Outcome
    submit_modal(user, modal_id, values) -> Outcome; close_modal(user, modal_id)      values by label or custom_id
    autocomplete(user, channel, command, option, typed) -> Outcome; commands_for(user, channel) -> commands (not async)

Looking on
    view(user) -> what this person sees; revision, wait_for_change(revision, timeout), until(condition, timeout=10)
    calls (Recorded: name, verb, path, query, body, files, status), connected (tokens with a gateway session)
    violations, self_errors, unimplemented: lists that tests find empty

Trouble
    fault(Fault("create_message", "flood", times=3, retry_after=1)): methods by Discord's operation names, "*" for any,
    "gateway" for connecting to it; lift_faults(); drop_gateway(resumable=True); ask_to_reconnect()

A view is {"me", "guilds", "dms", "modal", "notices"}. A guild has "channels", each with "messages", "threads" (with
"messages" of their own and the "message_id" they hang under), "can_write", "unread", "mentions". A message has
"author", "at", "edited", "content" (nodes of markdown.py), "embeds", "components", "attachments", "reactions",
"reply_to", "thread_id", "ephemeral", "thinking", "mentions_me" ... A modal has "id", "title", "texts", "fields".
All texts are plain: escape them.
"""

from bots.sandbox.discord.errors import NotPossible
from bots.sandbox.discord.presses import Outcome
from bots.sandbox.discord.server import DiscordServer
from bots.sandbox.faults import Fault

__all__ = ["DiscordServer", "Fault", "NotPossible", "Outcome"]
