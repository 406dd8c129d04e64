"""getMe, the bot's commands and descriptions, logOut and close."""

import re

from bots.sandbox.telegram import wire
from bots.sandbox.telegram.commands import scope_key
from bots.sandbox.telegram.errors import bad_request
from bots.sandbox.telegram.methods.call import Answer, Call, Method, method
from bots.sandbox.telegram.world import Json

MAX_COMMANDS = 100
MAX_DESCRIPTION = 256
_COMMAND = re.compile(r"/?[a-z0-9_]{1,32}$")
_LIMITS = {"name": 64, "description": 512, "short_description": 120}


@method("getMe")
def get_me(call: Call) -> Answer:
    return wire.me(call.platform.state, call.bot)


@method("logOut")
@method("close")
def end_session(_: Call) -> Answer:
    """The local Telegram goes on serving the token; there is no other server it could move to."""
    return True


@method("setMyCommands")
def set_my_commands(call: Call) -> Answer:
    commands = call.array("commands") or []
    if len(commands) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    call.bot.commands[_scope(call)] = [_command(entry) for entry in commands]
    call.platform.touch()
    return True


@method("deleteMyCommands")
def delete_my_commands(call: Call) -> Answer:
    call.bot.commands.pop(_scope(call), None)
    call.platform.touch()
    return True


@method("getMyCommands")
def get_my_commands(call: Call) -> Answer:
    return call.bot.commands.get(_scope(call), [])


def _scope(call: Call) -> str:
    scope = call.mapping("scope") or {}
    kind = scope.get("type", "default")
    return scope_key(kind, str(scope.get("chat_id", "")), str(scope.get("user_id", "")), call.text("language_code"))


def _command(entry: Json) -> Json:
    name, description = str(entry.get("command", "")), str(entry.get("description", "")).strip()
    if not _COMMAND.match(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= MAX_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name.removeprefix("/"), "description": description}


def _setter(field: str) -> Method:
    def set_field(call: Call) -> Answer:
        text = call.text(field)
        if len(text) > _LIMITS[field]:
            raise bad_request(f"{field} is too long")
        call.bot.profile[f"{field}|{call.text('language_code')}"] = text
        call.platform.touch()
        return True

    return set_field


def _getter(field: str) -> Method:
    def get_field(call: Call) -> Answer:
        default = call.me.first_name if field == "name" else ""
        return {field: call.bot.profile.get(f"{field}|{call.text('language_code')}", default)}

    return get_field


for _field, _suffix in {"name": "Name", "description": "Description", "short_description": "ShortDescription"}.items():
    method(f"setMy{_suffix}")(_setter(_field))
    method(f"getMy{_suffix}")(_getter(_field))
