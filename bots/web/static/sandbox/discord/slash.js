// Slash commands: suggested while typing, then filled in, option by option.

import { h } from "../dom.js";
import { icon } from "../icons.js";
import { changed } from "../store.js";
import { act, waiting } from "./deeds.js";

const CHAT_COMMAND = 1;
const SUBCOMMAND = 1;
const GROUP = 2;
const NUMBERS = new Set([4, 10]);
const YES_OR_NO = 5;

/** The commands that fit what is typed so far. */
export function suggestions(mine, place, box) {
  const typed = box.text ?? "";
  if (!typed) mine.commands = null; // asked anew with the next slash
  if (!/^\/[\w-]*( [\w-]*)*$/u.test(typed)) return [];
  if (mine.commands?.channel !== place.id) load(mine, place);
  const fitting = (mine.commands?.list ?? []).filter((one) => `/${one.name}`.startsWith(typed));
  return fitting.map((one) => ({
    label: `/${one.name}`,
    hint: one.description,
    take: () => take(mine, place, box, one),
  }));
}

async function load(mine, place) {
  mine.commands = { channel: place.id, list: [] };
  const all = (await act("commands_for", { channel: place.id })) ?? [];
  mine.commands.list = all.filter((one) => one.type === CHAT_COMMAND).flatMap((one) => leaves(one, one.name));
  changed();
}

/** A command with parts is as many commands: "alert send", "alert list". */
function leaves(command, name) {
  const parts = (command.options ?? []).filter((option) => [SUBCOMMAND, GROUP].includes(option.type));
  if (parts.length > 0) return parts.flatMap((part) => leaves(part, `${name} ${part.name}`));
  return [{ name, description: command.description, options: command.options ?? [] }];
}

function take(mine, place, box, command) {
  box.text = "";
  if (command.options.length === 0) run(place, command, {});
  else
    mine.command = {
      channel: place.id,
      command,
      values: Object.fromEntries(command.options.map((one) => [one.name, first(one)])),
    };
  changed();
}

const first = (option) => (option.required ? option.choices?.[0]?.value : undefined) ?? "";

const run = (place, command, options) =>
  waiting(`command ${command.name}`, "slash", { channel: place.id, name: command.name, options });

/** In place of the field: the command and a field for each of its options. */
export function commandForm(mine, place) {
  const { command, values } = mine.command;
  const close = () => {
    mine.command = null;
    changed();
  };
  const send = (event) => {
    event.preventDefault();
    close();
    run(place, command, given(command, values));
  };
  const keys = (event) => event.key === "Escape" && close();
  return h(
    "form",
    { class: "dc-write dc-command", key: "command", on: { submit: send, keydown: keys } },
    h("span", { class: "dc-command-name" }, `/${command.name}`),
    command.options.map((one, at) => option(one, values, at === 0)),
    h("button", { type: "button", class: "dc-slash", "aria-label": "Cancel", on: { click: close } }, icon("close")),
    h("button", { type: "submit", class: "dc-send", "aria-label": "Run" }, icon("send")),
  );
}

/** Values as the command wants them; what was left empty is not given. */
function given(command, values) {
  const filled = command.options.filter((one) => values[one.name] !== "");
  return Object.fromEntries(filled.map((one) => [one.name, typedAs(one.type, values[one.name])]));
}

function typedAs(type, value) {
  if (NUMBERS.has(type)) return Number(value);
  return type === YES_OR_NO ? value === "true" : value;
}

function option(one, values, isFirst) {
  const choices =
    one.type === YES_OR_NO
      ? [
          { name: "True", value: "true" },
          { name: "False", value: "false" },
        ]
      : one.choices;
  const typed = (event) => {
    values[one.name] = event.target.value;
    changed();
  };
  const shared = {
    value: String(values[one.name]),
    required: one.required,
    "aria-label": `${one.name}: ${one.description}`,
    on: { input: typed },
    mounted: (node) => isFirst && node.focus(),
  };
  const field = choices?.length
    ? h(
        "select",
        shared,
        !one.required && h("option", { key: "none", value: "" }, ""),
        choices.map((choice) => h("option", { key: String(choice.value), value: String(choice.value) }, choice.name)),
      )
    : h("input", { ...shared, type: "text", autocomplete: "off", placeholder: one.description });
  return h("label", { class: "dc-command-option", key: one.name }, h("span", null, one.name), field);
}
