// One channel, thread or direct channel: its name, its messages, its field to write in.

import { h } from "../dom.js";
import { icon } from "../icons.js";
import { follows, toEnd } from "../scroll.js";
import { changed } from "../store.js";
import { day, dayOf, minutesBetween } from "../time.js";
import { channelFoot } from "./foot.js";
import { signOf } from "./channels.js";
import { open } from "./deeds.js";
import { messageRow } from "./message.js";

const TOGETHER_MINUTES = 7;

export function channelPane(view, place, mine) {
  const parent = parentOf(view, place);
  const starter = parent?.messages.find((one) => one.id === place.message_id);
  return h(
    "section",
    { class: "dc-pane", key: "pane", "aria-label": place.name },
    head(place, parent, mine),
    h(
      "div",
      {
        class: "dc-messages",
        key: "messages",
        role: "log",
        "aria-label": `Messages in ${place.name}`,
        tabindex: "0",
        "data-place": place.id,
        mounted: follows,
      },
      h(
        "div",
        { class: "dc-column" },
        parent ? threadTop(place, starter, parent) : welcome(place),
        listed(view, place),
      ),
    ),
    channelFoot(place, mine),
    toEnd(),
  );
}

function parentOf(view, place) {
  const channels = view.guilds.flatMap((guild) => guild.channels);
  return channels.find((channel) => channel.threads.some((thread) => thread.id === place.id)) ?? null;
}

function head(place, parent, mine) {
  const drawer = () => {
    mine.drawer = !mine.drawer;
    changed();
  };
  return h(
    "header",
    { class: "dc-head", key: "head" },
    h(
      "button",
      {
        type: "button",
        class: "go-back",
        "aria-label": "Channels",
        "aria-expanded": String(Boolean(mine.drawer)),
        on: { click: drawer },
      },
      icon("menu"),
    ),
    parent &&
      h(
        "button",
        {
          type: "button",
          class: "dc-parent",
          key: "parent",
          "aria-label": `Back to ${parent.name}`,
          on: { click: () => open(parent.id) },
        },
        icon("hash"),
        h("span", null, parent.name),
        icon("next"),
      ),
    icon(parent ? "thread" : place.with ? "comment" : signOf(place)),
    h("h2", { title: place.name }, place.name),
    place.topic && h("p", { class: "topic", title: place.topic }, place.topic),
  );
}

function welcome(place) {
  if (place.with)
    return h(
      "div",
      { class: "dc-welcome", key: "welcome" },
      h("h3", null, place.name),
      h("p", null, `This is the beginning of your direct messages with ${place.name}.`),
    );
  return h(
    "div",
    { class: "dc-welcome", key: "welcome" },
    h("span", { class: "dc-welcome-sign" }, icon(signOf(place))),
    h("h3", null, `Welcome to #${place.name}`),
    h("p", null, place.topic || `This is the start of the #${place.name} channel.`),
  );
}

/** A thread begins with the message it hangs under. */
function threadTop(place, starter, parent) {
  return [
    h(
      "div",
      { class: "dc-welcome", key: "welcome" },
      h("span", { class: "dc-welcome-sign" }, icon("thread")),
      h("h3", null, place.name),
      h("p", null, starter ? `Started by ${starter.author.name}` : ""),
    ),
    starter && messageRow(starter, { place: parent, joined: false, asStarter: true }),
  ];
}

function listed(view, place) {
  const drawn = [];
  place.messages.forEach((message, at) => {
    const before = place.messages[at - 1];
    if (!before || dayOf(before.at) !== dayOf(message.at))
      drawn.push(h("div", { class: "dc-day", key: `day ${message.id}` }, h("span", null, day(message.at))));
    const thread = (place.threads ?? []).find((one) => one.id === message.thread_id);
    drawn.push(messageRow(message, { place, thread, joined: joins(before, message) }));
  });
  return drawn;
}

function joins(before, message) {
  if (!before || message.reply_to || message.command || before.ephemeral !== message.ephemeral) return false;
  return before.author.id === message.author.id && minutesBetween(before.at, message.at) < TOGETHER_MINUTES;
}
