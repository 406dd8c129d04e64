"""What a person fills in, as Discord sends it: options of a command, inputs of a form, resolved people and roles."""

from typing import Any

from bots.sandbox.discord.errors import NotPossible
from bots.sandbox.discord.state import Channel, Json, Modal
from bots.sandbox.discord.wire import channel_json, resolved_member_json, role_json, user_json
from bots.sandbox.discord.wire_messages import walk
from bots.sandbox.discord.world import World

SUBCOMMAND, GROUP, STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, NUMBER = 1, 2, 3, 4, 5, 6, 7, 8, 10
TEXT_INPUT, STRING_SELECT, LABEL, FILE_UPLOAD, RADIO, CHECKBOXES, CHECKBOX = 4, 3, 18, 19, 21, 22, 23
SELECTS_OF = {5: USER, 6: ROLE, 8: CHANNEL}  # select component -> what it picks
INPUTS = frozenset({TEXT_INPUT, STRING_SELECT, 5, 6, 7, 8, FILE_UPLOAD, RADIO, CHECKBOXES, CHECKBOX})
PYTHON_TYPES: dict[int, tuple[type, ...]] = {
    STRING: (str,),
    INTEGER: (int,),
    BOOLEAN: (bool,),
    NUMBER: (int, float),
}


def resolved(world: World, channel: Channel, picked: list[tuple[int, str]]) -> Json:
    """The people, roles and channels that were picked (kind and id), as the bot is told of them."""
    found: Json = {}
    for kind, key in picked:
        if kind == ROLE:
            found.setdefault("roles", {})[key] = role_json(world.guild(channel.guild_id or "").roles[key])
        elif kind == CHANNEL:
            shown = channel_json(world, world.channel(key))
            found.setdefault("channels", {})[key] = shown | {"permissions": "0"}
        elif kind == USER:
            found.setdefault("users", {})[key] = user_json(world.user(key))
            if channel.guild_id and key in world.guild(channel.guild_id).members:
                guild = world.guild(channel.guild_id)
                found.setdefault("members", {})[key] = resolved_member_json(guild, guild.members[key])
    return found


def command_data(world: World, channel: Channel, command: Json, path: list[str], given: Json) -> Json:
    """The data of a slash command; `path` are the names of group and subcommand, if any."""
    definitions, picked = command.get("options") or [], list[tuple[int, str]]()
    branch = _branch(command, path)
    leaf = branch[-1].get("options") or [] if branch else definitions
    options = _nested(branch, _options(leaf, given, picked))
    data: Json = {"id": command["id"], "name": command["name"], "type": command["type"], "options": options}
    if command.get("guild_id"):
        data["guild_id"] = command["guild_id"]
    people = resolved(world, channel, picked)
    return data | ({"resolved": people} if people else {})


def typing_data(command: Json, path: list[str], option: str, typed: str) -> Json:
    """The data of an autocomplete request: the same command with one option half written."""
    branch = _branch(command, path)
    focused = {"type": STRING, "name": option, "value": typed, "focused": True}
    return {
        "id": command["id"],
        "name": command["name"],
        "type": command["type"],
        "options": _nested(branch, [focused]),
    }


def _branch(command: Json, path: list[str]) -> list[Json]:
    """The group and subcommand that the names lead to."""
    branch: list[Json] = []
    for name in path:
        branch.append(_named((branch[-1] if branch else command).get("options") or [], name))
    return branch


def _nested(branch: list[Json], options: list[Json]) -> list[Json]:
    for step in reversed(branch):
        options = [{"type": step["type"], "name": step["name"], "options": options}]
    return options


def _named(definitions: list[Json], name: str) -> Json:
    found = next((it for it in definitions if it["name"] == name and it["type"] in {SUBCOMMAND, GROUP}), None)
    if found is None:
        raise NotPossible(f"This command has no part called {name}.")
    return found


def _options(definitions: list[Json], given: Json, picked: list[tuple[int, str]]) -> list[Json]:
    unknown = set(given) - {it["name"] for it in definitions}
    missing = [it["name"] for it in definitions if it.get("required") and it["name"] not in given]
    if any(it["type"] in {SUBCOMMAND, GROUP} for it in definitions):
        raise NotPossible("This command needs one of its subcommands.")
    if unknown or missing:
        raise NotPossible(f"The command has no option {sorted(unknown)}, or needs {missing}.")
    return [_option(it, given[it["name"]], picked) for it in definitions if it["name"] in given]


def _option(definition: Json, value: Any, picked: list[tuple[int, str]]) -> Json:
    kind, name = definition["type"], definition["name"]
    if kind in {USER, CHANNEL, ROLE}:
        value = str(value)
        picked.append((kind, value))
    elif not isinstance(value, PYTHON_TYPES.get(kind, (object,))):
        raise NotPossible(f"The option {name} does not take {value!r}.")
    _check_choice(definition, value)
    _check_bounds(definition, value)
    return {"type": kind, "name": name, "value": value}


def _check_choice(definition: Json, value: Any) -> None:
    choices = [choice["value"] for choice in definition.get("choices") or []]
    if choices and value not in choices:
        raise NotPossible(f"The option {definition['name']} takes one of {choices}.")


def _check_bounds(definition: Json, value: Any) -> None:
    size = len(value) if isinstance(value, str) else value
    kind = "length" if isinstance(value, str) else "value"
    lowest, highest = definition.get(f"min_{kind}"), definition.get(f"max_{kind}")
    if (lowest is not None and size < lowest) or (highest is not None and size > highest):
        raise NotPossible(f"The option {definition['name']} is outside its bounds.")


def labelled_inputs(modal: Modal) -> list[tuple[str, Json]]:
    """Label and component of each input of a form, in order."""
    labelled = []
    for component in walk(modal.components):
        if component["type"] == LABEL:
            labelled.append((component["label"], component["component"]))
        elif component["type"] == TEXT_INPUT and component.get("label"):
            labelled.append((component["label"], component))
    return labelled


def filled_in(modal: Modal, values: Json) -> list[Json]:
    """The form's components as they are submitted. `values` go by label or custom_id; the rest keep their defaults."""
    known = {label: component["custom_id"] for label, component in labelled_inputs(modal)}
    by_id = {known.get(key, key): value for key, value in values.items()}
    unknown = set(by_id) - set(known.values())
    if unknown:
        raise NotPossible(f"The form has no field {sorted(unknown)}.")
    return [_submitted(component, by_id) for component in modal.components]


def _submitted(component: Json, values: Json) -> Json:
    shown: Json = {"type": component["type"], "id": component["id"]}
    if component["type"] == LABEL:
        return shown | {"component": _submitted(component["component"], values)}
    if "components" in component:
        return shown | {"components": [_submitted(child, values) for child in component["components"]]}
    if component["type"] in INPUTS:
        return shown | {"custom_id": component["custom_id"]} | _value(component, values.get(component["custom_id"]))
    return shown


def _value(component: Json, value: Any) -> Json:
    kind = component["type"]
    if kind == TEXT_INPUT:
        return {"value": _text(component, component.get("value", "") if value is None else value)}
    if kind == CHECKBOX:
        return {"value": bool(component.get("default") if value is None else value)}
    if kind == RADIO:
        return {"value": _one_of(component, value)}
    chosen = value if isinstance(value, list) else [value] if value is not None else _defaults(component)
    return {"values": _some_of(component, [str(entry) for entry in chosen])}


def _text(component: Json, text: str) -> str:
    required = component.get("required", True)
    longest, shortest = component.get("max_length") or 4000, component.get("min_length") or 0
    if required and not text.strip():
        raise NotPossible(f"The field {component['custom_id']} is required.")
    if text and not shortest <= len(text) <= longest:
        raise NotPossible(f"The field {component['custom_id']} takes {shortest} to {longest} characters.")
    return text


def _defaults(component: Json) -> list[str]:
    return [option["value"] for option in component.get("options") or [] if option.get("default")]


def option_values(component: Json, chosen: list[str]) -> list[str]:
    """The values of options named by value or label."""
    by_label = {option["label"]: option["value"] for option in component.get("options") or []}
    return [by_label.get(entry, entry) for entry in chosen]


def _one_of(component: Json, value: Any) -> str | None:
    chosen = _defaults(component) if value is None else [str(value)]
    return next(iter(_some_of(component, chosen)), None)


def _some_of(component: Json, chosen: list[str]) -> list[str]:
    """The chosen values, checked against the options there are and how many may be taken."""
    values = option_values(component, chosen)
    options = {option["value"] for option in component.get("options") or []}
    least = component.get("min_values", 1 if component.get("required", True) else 0)
    if options and not set(values) <= options:
        raise NotPossible(f"{component['custom_id']} has no such option: {sorted(set(values) - options)}.")
    if not least <= len(values) <= max(component.get("max_values") or 1, least):
        raise NotPossible(f"{component['custom_id']} does not take {len(values)} values.")
    return values
