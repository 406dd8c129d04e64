// One chat, or the comments below one post of a channel.

import { avatar } from "../avatar.js";
import { h } from "../dom.js";
import { icon } from "../icons.js";
import { follows, toEnd } from "../scroll.js";
import { day, dayOf, minutesBetween } from "../time.js";
import { chatFoot } from "./foot.js";
import { leave, open } from "./deeds.js";
import { signOf } from "./chats.js";
import { bubble } from "./message.js";

const TOGETHER_MINUTES = 5;

export function chatPane(view, chat, mine) {
  const { thread } = mine.place;
  const messages = thread
    ? chat.messages.filter((one) => one.id === thread || one.thread_id === thread)
    : chat.messages;
  return h(
    "section",
    { class: "tg-pane", key: "pane", "aria-label": chat.title },
    thread ? threadHead(view, chat, messages) : head(chat),
    h(
      "div",
      {
        class: "tg-messages",
        key: "messages",
        role: "log",
        "aria-label": `Messages in ${chat.title}`,
        tabindex: "0",
        "data-place": `${chat.id} ${thread}`,
        mounted: follows,
      },
      h("div", { class: "tg-column" }, listed(view, chat, messages, thread)),
    ),
    chatFoot(chat, mine),
    toEnd(),
  );
}

function head(chat) {
  return h(
    "header",
    { class: "tg-head", key: "head" },
    h(
      "button",
      { type: "button", class: "go-back", "aria-label": "Back to the chats", on: { click: leave } },
      icon("back"),
    ),
    avatar(chat.id, chat.title, { sign: signOf(chat) }),
    h("div", { class: "tg-title" }, h("h2", null, chat.title), h("p", null, about(chat))),
  );
}

function threadHead(view, chat, messages) {
  const channel = view.chats.find((one) => one.id === chat.linked_chat);
  const count = messages.length - 1;
  return h(
    "header",
    { class: "tg-head", key: "thread-head" },
    h(
      "button",
      {
        type: "button",
        class: "go-back always",
        "aria-label": "Back to the channel",
        on: { click: () => open(channel?.id ?? chat.id) },
      },
      icon("back"),
    ),
    h(
      "div",
      { class: "tg-title" },
      h("h2", null, count === 1 ? "1 comment" : `${count} comments`),
      h("p", null, channel?.title ?? chat.title),
    ),
  );
}

function about(chat) {
  if (chat.kind === "private") return "bot";
  const people = chat.kind === "channel" ? ["subscriber", "subscribers"] : ["member", "members"];
  return `${chat.members} ${people[chat.members === 1 ? 0 : 1]}`;
}

function listed(view, chat, messages, thread) {
  const drawn = [];
  messages.forEach((message, at) => {
    const before = messages[at - 1];
    if (!before || dayOf(before.date) !== dayOf(message.date)) drawn.push(pill(`day ${message.id}`, day(message.date)));
    drawn.push(message.kind === "service" ? service(message) : bubble(view, chat, message, joins(before, message)));
    if (message.id === thread)
      drawn.push(pill("discussion", messages.length > 1 ? "Discussion started" : "No comments here yet"));
  });
  return drawn.length > 0
    ? drawn
    : pill("empty", chat.started ? "No messages here yet" : "What can this bot do? Press Start to find out.");
}

const pill = (key, text) => h("div", { class: "tg-pill", key }, text);

function service(message) {
  return h(
    "div",
    { class: "tg-pill", key: message.id, "data-message": message.id },
    `${message.author.name} ${message.text.map((piece) => piece.text).join("")}`,
  );
}

/** Whether a message stands close below the one before: same author, same kind of message, a few minutes. */
function joins(before, message) {
  if (!before || before.kind === "service" || message.author.kind === "chat") return false;
  return before.author.id === message.author.id && minutesBetween(before.date, message.date) < TOGETHER_MINUTES;
}
