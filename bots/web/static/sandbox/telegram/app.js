// Telegram: the list of chats, and the one that is open.

import { dialog } from "../dialog.js";
import { h } from "../dom.js";
import { linkDialog } from "../links.js";
import { app, changed, screen } from "../store.js";
import { toastsOf } from "../toasts.js";
import { markRead } from "../unread.js";
import { chatPane } from "./chat.js";
import { chatList } from "./chats.js";

export function telegramApp() {
  const view = app.views.telegram;
  if (!view) return h("div", { class: "tg loading", key: "loading" }, h("span", { class: "spinner" }));
  const mine = screen("telegram");
  if (mine.place === undefined) mine.place = firstPlace(view);
  const chat = view.chats.find((one) => one.id === mine.place?.chat);
  markRead("telegram", chat);
  return h(
    "div",
    { class: "tg", key: "telegram", "data-open": Boolean(chat) },
    chatList(view, mine),
    chat
      ? chatPane(view, chat, mine)
      : h("div", { class: "tg-none", key: "none" }, h("span", null, "Select a chat to start messaging")),
    h("div", { class: "toasts", role: "status", "aria-live": "polite" }, toastsOf("telegram")),
    mine.dialog && box(mine),
  );
}

function firstPlace(view) {
  const channel = view.chats.find((chat) => chat.kind === "channel");
  return channel ? { chat: channel.id, thread: null } : null;
}

function box(mine) {
  if (mine.dialog.kind === "link") return linkDialog(mine);
  const close = () => {
    mine.dialog = null;
    changed();
  };
  const ok = h("button", { type: "button", class: "main", on: { click: close } }, "OK");
  return dialog(
    { title: "Daily News Motion", close },
    h("h2", null, "Daily News Motion"),
    h("p", null, mine.dialog.text),
    h("div", { class: "answers" }, ok),
  );
}
