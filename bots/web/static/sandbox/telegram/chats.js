// The list of chats, newest first, with what is new in each.

import { avatar } from "../avatar.js";
import { h } from "../dom.js";
import { icon } from "../icons.js";
import { brief } from "../time.js";
import { open } from "./deeds.js";
import { plain } from "./text.js";

export function chatList(view, mine) {
  const chats = view.chats.filter((chat) => chat.member).sort(byNewest);
  return h(
    "nav",
    { class: "tg-chats", "aria-label": "Chats", key: "chats" },
    h("div", { class: "tg-chats-head" }, h("strong", null, "Chats")),
    h(
      "ul",
      null,
      chats.map((chat) => entry(chat, mine)),
    ),
  );
}

export const signOf = (chat) =>
  ({ channel: "mark", private: "bot" })[chat.kind] ?? (chat.linked_chat ? "bubbles" : "shield");

/** What a message says in one line. */
export function excerpt(message) {
  if (!message) return "";
  if (message.mine && plain(message.text).startsWith("/start")) return "/start";
  const kinds = { photo: "Photo", sticker: `${message.sticker} Sticker`, voice: "Voice message", poll: "Poll" };
  const text = plain(message.text).replace(/\s+/gu, " ").trim();
  return message.kind === "service" ? `${message.author.name} ${text}` : text || (kinds[message.kind] ?? "");
}

function byNewest(one, other) {
  const when = (chat) => chat.messages.at(-1)?.date ?? "";
  return when(other).localeCompare(when(one));
}

function entry(chat, mine) {
  const last = chat.messages.at(-1);
  const unread = chat.unread > 0 ? `, ${chat.unread} unread` : "";
  return h(
    "li",
    { key: chat.id },
    h(
      "button",
      {
        type: "button",
        class: "tg-chat",
        "aria-current": mine.place?.chat === chat.id ? "true" : null,
        "aria-label": `${chat.title}, ${chat.kind === "private" ? "bot" : chat.kind}${unread}`,
        on: { click: () => open(chat.id) },
      },
      avatar(chat.id, chat.title, { sign: signOf(chat) }),
      h(
        "span",
        { class: "tg-chat-text" },
        h("span", { class: "line" }, h("strong", null, chat.title), h("time", null, last ? brief(last.date) : "")),
        h(
          "span",
          { class: "line" },
          h(
            "span",
            { class: "excerpt" },
            last?.mine && chat.kind !== "channel" && h("b", null, "You: "),
            excerpt(last) || (chat.started ? "No messages yet" : "Press Start to begin"),
          ),
          chat.unread > 0 && h("span", { class: "badge", key: "badge" }, chat.unread),
        ),
      ),
    ),
  );
}
