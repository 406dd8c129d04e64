// What stands at the end of a chat: the field to write in, or why there is none.

import { sendBox, writing } from "../composer.js";
import { h } from "../dom.js";
import { icon } from "../icons.js";
import { changed } from "../store.js";
import { excerpt } from "./chats.js";
import { act, say } from "./deeds.js";

export function chatFoot(chat, mine) {
  if (!chat.started) return action("Start", () => act("start_bot", { bot: chat.id }));
  if (chat.blocked) return action("Restart the bot", () => act("unblock", { bot: chat.id }));
  if (!chat.member && !chat.can_write) return action("Join", () => act("join", { chat: chat.id }));
  if (!chat.can_write) return h("p", { class: "tg-closed", key: "closed" }, icon("lock"), why(chat));
  return field(chat, mine);
}

/** In the newsroom's discussion the way in is the button below the story. */
function why(chat) {
  return chat.kind === "channel"
    ? "Only the newsroom posts here. Use Comment below a story."
    : "Typing is closed here. Use Comment or Reply.";
}

const action = (label, click) => h("button", { type: "button", class: "tg-action", key: label, on: { click } }, label);

function field(chat, mine) {
  const { thread } = mine.place;
  const box = (mine.drafts[`${chat.id} ${thread}`] ??= { text: "" });
  const send = (text) => say(chat, thread, text);
  const slash = () => {
    box.text = "/";
    changed();
  };
  return h(
    "div",
    { class: "tg-write", key: "write" },
    about(mine, box),
    replies(chat, send),
    h(
      "div",
      { class: "tg-write-row" },
      chat.commands.length > 0 &&
        h(
          "button",
          { type: "button", class: "tg-menu", "aria-label": "Commands", title: "Commands", on: { click: slash } },
          icon("menu"),
        ),
      writing({
        box,
        label: `Message to ${chat.title}`,
        placeholder: "Message",
        suggestions: commands(chat, box, send),
        send,
        cancel: () => forget(mine, box),
      }),
      h(
        "button",
        {
          type: "button",
          class: "tg-send",
          "aria-label": "Send",
          disabled: !(box.text ?? "").trim(),
          on: { click: () => sendBox(box, send) },
        },
        icon("send"),
      ),
    ),
  );
}

/** What is being answered or corrected. */
function about(mine, box) {
  const message = mine.editing ?? mine.replying;
  if (!message) return null;
  return h(
    "div",
    { class: "tg-about", key: "about" },
    icon(mine.editing ? "pen" : "reply"),
    h(
      "div",
      null,
      h("strong", null, mine.editing ? "Edit message" : `Reply to ${message.author.name}`),
      h("span", null, excerpt(message)),
    ),
    h("button", { type: "button", "aria-label": "Cancel", on: { click: () => forget(mine, box) } }, icon("close")),
  );
}

function forget(mine, box) {
  if (mine.editing) box.text = "";
  Object.assign(mine, { editing: null, replying: null });
  changed();
}

/** A keyboard that the bot put in place of the letters. */
function replies(chat, send) {
  const rows = chat.reply_interface?.keyboard ?? [];
  if (rows.length === 0) return null;
  const key = (button) =>
    h(
      "button",
      { type: "button", key: button.text ?? button, on: { click: () => send(button.text ?? button) } },
      button.text ?? button,
    );
  return h(
    "div",
    { class: "tg-replies", key: "replies" },
    rows.map((row, at) => h("div", { class: "tg-row", key: String(at) }, row.map(key))),
  );
}

function commands(chat, box, send) {
  const typed = box.text ?? "";
  if (!/^\/\w*$/u.test(typed)) return [];
  const take = (name) => () => {
    box.text = "";
    changed();
    send(`/${name}`);
  };
  const fitting = chat.commands.filter(({ command }) => `/${command}`.startsWith(typed));
  return fitting.map(({ command, description }) => ({ label: `/${command}`, hint: description, take: take(command) }));
}
