// What can be pressed below and beside a message: its keyboard, its comments, reactions, the tools of its reader.

import { h } from "../dom.js";
import { icon } from "../icons.js";
import { changed, screen } from "../store.js";
import { act, open, tap } from "./deeds.js";
import { plain } from "./text.js";

const QUICK = ["👍", "❤️"];

export function keyboard(chat, message) {
  if (message.buttons.length === 0) return null;
  const rows = message.buttons.map((row, at) =>
    h(
      "div",
      { class: "tg-row", key: String(at) },
      row.map((button) => inlineButton(chat, message, button)),
    ),
  );
  return h("div", { class: "tg-keyboard", key: "keyboard" }, rows);
}

function inlineButton(chat, message, button) {
  const waits = screen("telegram").pending.has(`${chat.id} ${message.id} ${button.press}`);
  return h(
    "button",
    {
      type: "button",
      key: button.press,
      "data-style": button.style || null,
      "data-waits": waits,
      "aria-busy": String(waits),
      on: { click: () => tap(chat, message, button) },
    },
    h("span", null, button.label),
    button.kind === "url" && icon("out"),
  );
}

/** Shown when the pointer or the keyboard is on the message. */
export function tools(chat, message) {
  const mine = screen("telegram");
  const choose = (what) => () => {
    Object.assign(mine, { replying: null, editing: null, ...what });
    if (what.editing) mine.drafts[`${chat.id} ${mine.place.thread}`] = { text: plain(message.text) };
    changed();
  };
  const tool = (sign, label, click) =>
    h("button", { type: "button", key: label, "aria-label": label, title: label, on: { click } }, icon(sign));
  const quick = (emoji) =>
    h(
      "button",
      {
        type: "button",
        key: emoji,
        "aria-label": `React with ${emoji}`,
        on: { click: () => react(chat, message, emoji) },
      },
      emoji,
    );
  return h(
    "div",
    { class: "tools" },
    QUICK.map(quick),
    chat.can_write && tool("reply", "Reply", choose({ replying: message })),
    message.mine &&
      message.kind === "text" &&
      chat.kind !== "channel" &&
      tool("pen", "Edit", choose({ editing: message })),
    message.mine && tool("bin", "Delete", () => act("delete", { chat: chat.id, message_id: message.id })),
  );
}

export function comments(message) {
  const { chat_id: chat, thread_id: thread, count } = message.comments;
  const label = count === 0 ? "Comments" : count === 1 ? "1 comment" : `${count} comments`;
  return h(
    "button",
    { type: "button", class: "tg-comments", key: "comments", on: { click: () => open(chat, thread) } },
    icon("comment"),
    h("span", null, label),
    icon("next"),
  );
}

export function reactions(chat, message) {
  if (message.reactions.length === 0) return null;
  const chip = (one) =>
    h(
      "button",
      {
        type: "button",
        class: "reaction",
        key: one.emoji,
        "aria-pressed": String(one.mine),
        "aria-label": `${one.emoji} ${one.count}`,
        on: { click: () => react(chat, message, one.mine ? "" : one.emoji) },
      },
      one.emoji,
      h("b", null, one.count),
    );
  return h("div", { class: "reactions" }, message.reactions.map(chip));
}

const react = (chat, message, emoji) => act("react", { chat: chat.id, message_id: message.id, emoji });
