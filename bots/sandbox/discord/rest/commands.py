"""Application commands, global and of a guild: listed, replaced, added, removed."""

from bots.sandbox.discord import errors
from bots.sandbox.discord.rest.call import Call
from bots.sandbox.discord.state import Json

MAX_COMMANDS, MAX_NAME = 100, 32
CHAT_INPUT = 1


def list_application_commands(call: Call) -> list[Json]:
    return _listed(call, None)


def list_guild_application_commands(call: Call) -> list[Json]:
    return _listed(call, call.guild().id)


def bulk_set_application_commands(call: Call) -> list[Json]:
    return _replace(call, None)


def bulk_set_guild_application_commands(call: Call) -> list[Json]:
    return _replace(call, call.guild().id)


def create_application_command(call: Call) -> Json:
    return _put(call, call.body, None)


def create_guild_application_command(call: Call) -> Json:
    return _put(call, call.body, call.guild().id)


def get_application_command(call: Call) -> Json:
    return _command(call)


def delete_application_command(call: Call) -> None:
    del call.bot.commands[_command(call)["id"]]


def delete_guild_application_command(call: Call) -> None:
    del call.bot.commands[_command(call)["id"]]


def _command(call: Call) -> Json:
    if call.path["command_id"] not in call.bot.commands:
        raise errors.unknown("application command")
    return call.bot.commands[call.path["command_id"]]


def _listed(call: Call, guild_id: str | None) -> list[Json]:
    return [command for command in call.bot.commands.values() if command.get("guild_id") == guild_id]


def _replace(call: Call, guild_id: str | None) -> list[Json]:
    _check(call.body)
    kept = {_identity(command): command["id"] for command in _listed(call, guild_id)}
    for command_id in kept.values():
        del call.bot.commands[command_id]
    for request in call.body:
        _store(call, request, guild_id, kept.get(_identity(request)))
    return _listed(call, guild_id)


def _put(call: Call, request: Json, guild_id: str | None) -> Json:
    _check([request])
    same = [it["id"] for it in _listed(call, guild_id) if _identity(it) == _identity(request)]
    return _store(call, request, guild_id, same[0] if same else None)


def _identity(command: Json) -> tuple[str, int]:
    return command["name"], command.get("type") or CHAT_INPUT


def _store(call: Call, request: Json, guild_id: str | None, command_id: str | None) -> Json:
    new_id = call.world.new_id()
    nothing_set = ("default_member_permissions", "name_localizations", "description_localizations")
    given = {key: value for key, value in request.items() if value is not None}
    command: Json = dict.fromkeys(nothing_set) | {"description": "", "nsfw": False, "options": []} | given
    command |= {"id": command_id or new_id, "version": new_id, "application_id": call.bot.application_id}
    command["type"] = request.get("type") or CHAT_INPUT
    if command["default_member_permissions"] is not None:
        command["default_member_permissions"] = str(command["default_member_permissions"])
    if guild_id:
        command["guild_id"] = guild_id
    call.bot.commands[command["id"]] = command
    return command


def _check(requests: list[Json]) -> None:
    wrong = errors.FormErrors()
    if len(requests) > MAX_COMMANDS:
        raise errors.ApiError(400, 30032, f"Maximum number of application commands reached ({MAX_COMMANDS})")
    for at, request in enumerate(requests):
        name, chat = request.get("name", ""), _identity(request)[1] == CHAT_INPUT
        if not 1 <= len(name) <= MAX_NAME or (chat and (name != name.lower() or " " in name)):
            wrong.add(f"{at}.name", "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
        if chat and not 1 <= len(request.get("description", "")) <= 100:  # noqa: PLR2004 (used once)
            wrong.add(f"{at}.description", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")
    wrong.raise_if_any()
