// One message: who, when, what; its embeds, buttons and thread; what a person can do with it.

import { avatar } from "../avatar.js";
import { h } from "../dom.js";
import { icon } from "../icons.js";
import { clock, moment, whole } from "../time.js";
import { component } from "./components.js";
import { act, open } from "./deeds.js";
import { embed, fileOf } from "./embed.js";
import { marked, plain } from "./text.js";
import { tools } from "./tools.js";

const LAST_SHOWN = 2;

/** `place` is where it stands; `thread` hangs under it; a `joined` one follows another of the same author closely. */
export function messageRow(message, { place, thread = null, joined, asStarter = false }) {
  return h(
    "article",
    {
      class: "dc-message",
      key: asStarter ? `starter ${message.id}` : message.id,
      "data-message": asStarter ? null : message.id,
      "data-joined": joined,
      "data-private": message.ephemeral,
      "data-mentions-me": message.mentions_me,
    },
    message.reply_to && replied(message.reply_to),
    message.command &&
      h(
        "div",
        { class: "dc-reply", key: "command" },
        h("strong", null, message.command.user),
        " used ",
        h("span", { class: "mention" }, `/${message.command.name}`),
      ),
    h(
      "div",
      { class: "dc-gutter" },
      joined
        ? h("time", { class: "dc-beside" }, clock(message.at))
        : avatar(message.author.id, message.author.name, { sign: message.author.bot ? "mark" : null }),
    ),
    h("div", { class: "dc-body" }, !joined && byline(message), body(message), thread && threadPreview(thread)),
    !asStarter && tools(place, message),
  );
}

function byline(message) {
  const name = h(
    "strong",
    { class: "dc-name", style: message.author.color ? { "--name": message.author.color } : {} },
    message.author.name,
  );
  return h(
    "header",
    { class: "dc-byline", key: "byline" },
    name,
    message.author.bot && h("span", { class: "dc-app" }, icon("check"), "APP"),
    h("time", { datetime: message.at, title: whole(message.at) }, moment(message.at)),
  );
}

function replied(to) {
  return h(
    "div",
    { class: "dc-reply", key: "reply" },
    to.author && h("strong", null, `@${to.author.name}`),
    " ",
    to.text,
  );
}

function body(message) {
  const text = marked(message.content);
  return [
    message.thinking &&
      h(
        "p",
        { class: "dc-thinking", key: "thinking" },
        h("span", { class: "spinner" }),
        `${message.author.name} is thinking…`,
      ),
    text.length > 0 &&
      h(
        "div",
        { class: "dc-text", key: "text", dir: "auto" },
        text,
        message.edited && h("span", { class: "dc-edited", key: "edited" }, " (edited)"),
      ),
    message.poll && nativePoll(message),
    message.stickers.map((name) => h("span", { class: "dc-sticker", key: `sticker ${name}` }, name)),
    message.attachments.map((file) => fileOf(file.url, file.filename)),
    message.embeds.map((one, at) => embed(one, at)),
    message.components.map((one, at) => component(message, one, String(at))),
    reactions(message),
    message.ephemeral && onlyYou(message),
  ];
}

function reactions(message) {
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
        on: { click: () => act("react", { message_id: message.id, emoji: one.emoji }) },
      },
      one.emoji,
      h("b", null, one.count),
    );
  return h("div", { class: "reactions", key: "reactions" }, message.reactions.map(chip));
}

function onlyYou(message) {
  const dismiss = () => act("delete", { message_id: message.id });
  return h(
    "p",
    { class: "dc-only-you", key: "only-you" },
    icon("eye"),
    "Only you can see this",
    " · ",
    h("button", { type: "button", on: { click: dismiss } }, "Dismiss message"),
  );
}

/** Discord's own kind of poll; the newsroom's polls are buttons. */
function nativePoll(message) {
  const option = (one) =>
    h(
      "button",
      {
        type: "button",
        key: one.id,
        "aria-pressed": String(one.mine),
        disabled: !message.poll.open,
        on: { click: () => act("vote", { message_id: message.id, answers: [one.id] }) },
      },
      h("span", null, one.text),
      h("b", null, one.votes),
    );
  return h(
    "div",
    { class: "native-poll", key: "poll" },
    h("strong", null, message.poll.question),
    message.poll.answers.map(option),
  );
}

/** The thread below a message, with its newest words, so that a conversation is seen where it belongs. */
function threadPreview(thread) {
  const newest = thread.messages.slice(-LAST_SHOWN);
  const count = thread.count === 1 ? "1 Message" : `${thread.count} Messages`;
  const go = () => open(thread.id);
  return h(
    "button",
    {
      type: "button",
      class: "dc-thread",
      key: "thread",
      "aria-label": `Thread ${thread.name}, ${count}`,
      on: { click: go },
    },
    h("span", { class: "dc-thread-head" }, h("strong", null, thread.name), h("em", null, count, icon("next"))),
    newest.map((message) => threadLine(message)),
    newest.length === 0 &&
      h("span", { class: "dc-thread-line", key: "none" }, "There are no comments in this thread yet."),
  );
}

function threadLine(message) {
  const first = message.embeds[0];
  const who = (first?.author || message.author.name).split(" · ")[0]; // comments are signed "name · platform"
  const text = plain(message.content) || (first ? plain(first.description) : "");
  return h(
    "span",
    { class: "dc-thread-line", key: message.id },
    avatar(who, who),
    h("strong", null, who),
    h("span", { class: "excerpt" }, text),
  );
}
