// One message: its bubble and what stands in it.

import { avatar, colourOf } from "../avatar.js";
import { h } from "../dom.js";
import { icon } from "../icons.js";
import { hostOf } from "../links.js";
import { screen } from "../store.js";
import { clock, whole } from "../time.js";
import { comments, keyboard, reactions, tools } from "./buttons.js";
import { act, followLink } from "./deeds.js";
import { formatted, plain } from "./text.js";

export function bubble(view, chat, message, joined) {
  const inGroup = ["group", "supergroup"].includes(chat.kind) && !message.mine;
  return h(
    "article",
    {
      class: "tg-message",
      key: message.id,
      "data-message": message.id,
      "data-mine": message.mine,
      "data-joined": joined,
      "data-post": chat.kind === "channel" || message.automatic_forward,
    },
    inGroup && avatar(message.author.id, message.author.name, { sign: signOf(message), extra: joined ? "ghost" : "" }),
    h(
      "div",
      { class: "tg-stack" },
      h(
        "div",
        { class: "tg-bubble" },
        byline(chat, message, joined),
        message.forwarded_from &&
          !message.automatic_forward &&
          h("p", { class: "forwarded" }, "Forwarded from ", h("strong", null, message.forwarded_from)),
        message.reply_to && message.reply_to.id !== screen("telegram").place?.thread && replied(message.reply_to),
        content(chat, message),
        message.link_preview && preview(message.link_preview),
        reactions(chat, message),
        !endsWithText(message) && foot(message),
        message.comments && comments(message),
      ),
      keyboard(chat, message),
    ),
    tools(chat, message),
  );
}

const signOf = (message) => ({ bot: "bot", chat: "mark" })[message.author.kind];

function byline(chat, message, joined) {
  if (message.mine || joined || chat.kind === "private") return null;
  const who = h("strong", { "data-name": colourOf(message.author.id) }, message.author.name);
  return h("p", { class: "author" }, who, message.author.kind === "bot" && h("span", { class: "tag" }, "bot"));
}

function replied(to) {
  return h("div", { class: "replied" }, h("strong", null, to.author), h("span", null, to.excerpt));
}

function content(chat, message) {
  const text =
    message.mine && plain(message.text).startsWith("/start ")
      ? [{ type: "command", text: "/start", styles: [] }]
      : message.text;
  return [
    message.kind === "photo" && picture(message.photo),
    message.kind === "sticker" && h("span", { class: "sticker" }, message.sticker),
    message.kind === "voice" && h("span", { class: "voice" }, "Voice message"),
    message.poll && nativePoll(chat, message),
    text.length > 0 &&
      h("div", { class: "tg-text", dir: "auto" }, formatted(text), endsWithText(message) && foot(message)),
  ];
}

/** Then the time stands in the last line. */
const endsWithText = (message) => message.text.length > 0 && !message.link_preview && message.reactions.length === 0;

function picture(url) {
  return h(
    "div",
    { class: "picture" },
    icon("picture"),
    h("span", null, url ? `Picture from ${hostOf(url)}` : "Picture"),
  );
}

/** Telegram's own kind of poll; the newsroom's polls are buttons. */
function nativePoll(chat, message) {
  const option = (one, at) =>
    h(
      "button",
      {
        type: "button",
        key: String(at),
        on: { click: () => act("vote", { chat: chat.id, message_id: message.id, options: [at] }) },
      },
      h("span", null, one.text),
      h("b", null, one.voter_count),
    );
  return h("div", { class: "native-poll" }, h("strong", null, message.poll.question), message.poll.options.map(option));
}

function preview({ url }) {
  const follow = (event) => {
    event.preventDefault();
    followLink(url);
  };
  const path = decodeURIComponent(new URL(url).pathname).split("/").filter(Boolean).at(-1) ?? "";
  return h(
    "a",
    { class: "preview", href: url, rel: "noopener noreferrer", on: { click: follow } },
    h("strong", null, hostOf(url)),
    h("span", null, path.replace(/[-_]+/gu, " ")),
  );
}

function foot(message) {
  return h(
    "span",
    { class: "tg-foot", title: whole(message.date) },
    message.pinned && "pinned ",
    message.edited && "edited ",
    h("time", { datetime: message.date }, clock(message.date)),
    message.mine && icon("ticks"),
  );
}
