// What a person can do with a message: shown when the pointer or the keyboard is on it.

import { h } from "../dom.js";
import { icon } from "../icons.js";
import { app, changed, screen } from "../store.js";
import { act, choose } from "./deeds.js";
import { plain } from "./text.js";

const MESSAGE_COMMAND = 3;
const QUICK = ["👍", "❤️"];

export function tools(place, message) {
  if (message.ephemeral || message.thinking) return null;
  const mine = screen("discord");
  const own = message.author.id === app.views.discord.me.id;
  return h(
    "div",
    { class: "tools", key: "tools", "data-open": mine.menu?.message === message.id },
    QUICK.map((emoji) =>
      h(
        "button",
        {
          type: "button",
          key: emoji,
          "aria-label": `React with ${emoji}`,
          on: { click: () => act("react", { message_id: message.id, emoji }) },
        },
        emoji,
      ),
    ),
    place.can_write && tool("reply", "Reply", () => choose({ replying: message })),
    own && tool("pen", "Edit", () => correct(place, message)),
    (own || mayManage()) && tool("bin", "Delete", () => act("delete", { message_id: message.id })),
    message.author.bot && tool("apps", "Apps", () => toggleApps(place, message)),
    mine.menu?.message === message.id && apps(message, mine.menu),
  );
}

const tool = (sign, label, click) =>
  h("button", { type: "button", key: label, "aria-label": label, title: label, on: { click } }, icon(sign));

function correct(place, message) {
  screen("discord").drafts[place.id] = { text: plain(message.content) };
  choose({ editing: message });
}

/** Staff see delete on everything; Discord itself has the last word. */
function mayManage() {
  const roles = app.views.discord.guilds[0]?.roles ?? [];
  return roles.some((role) => role.mine && ["Moderators", "Editors"].includes(role.name));
}

async function toggleApps(place, message) {
  const mine = screen("discord");
  if (mine.menu?.message === message.id) return choose({});
  const commands = (await act("commands_for", { channel: place.id })) ?? [];
  mine.menu = { message: message.id, commands: commands.filter((one) => one.type === MESSAGE_COMMAND) };
  return changed();
}

function apps(message, menu) {
  const run = (name) => () => {
    choose({});
    act("message_command", { message_id: message.id, name });
  };
  const items = menu.commands.map((one) =>
    h("button", { type: "button", role: "menuitem", key: one.name, on: { click: run(one.name) } }, one.name),
  );
  const keys = (event) => event.key === "Escape" && choose({});
  return h(
    "div",
    { class: "dc-menu", key: "menu", role: "menu", "aria-label": "Apps", on: { keydown: keys } },
    items.length > 0 ? items : h("span", null, "No apps for this message"),
  );
}
