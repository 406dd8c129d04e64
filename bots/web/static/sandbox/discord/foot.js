// The field at the end of a channel: messages, and commands that begin with a slash.

import { sendBox, writing } from "../composer.js";
import { h } from "../dom.js";
import { icon } from "../icons.js";
import { app, changed } from "../store.js";
import { say } from "./deeds.js";
import { commandForm, suggestions } from "./slash.js";

export function channelFoot(place, mine) {
  if (!place.can_write) return h("p", { class: "dc-closed", key: "closed" }, icon("lock"), why(place));
  if (mine.command?.channel === place.id) return commandForm(mine, place);
  const box = (mine.drafts[place.id] ??= { text: "" });
  const send = (text) => say(place.id, text);
  const name = place.with ? `@${place.name}` : `#${place.name}`;
  return h(
    "div",
    { class: "dc-write", key: "write" },
    about(mine, box),
    h(
      "div",
      { class: "dc-write-row" },
      h(
        "button",
        {
          type: "button",
          class: "dc-slash",
          "aria-label": "Commands",
          title: "Commands",
          on: { click: () => type(box, "/") },
        },
        icon("slash"),
      ),
      writing({
        box,
        label: `Message ${name}`,
        placeholder: `Message ${name}`,
        suggestions: suggestions(mine, place, box),
        send,
        cancel: () => forget(mine, box),
      }),
      h(
        "button",
        {
          type: "button",
          class: "dc-send",
          "aria-label": "Send",
          disabled: !(box.text ?? "").trim(),
          on: { click: () => sendBox(box, send) },
        },
        icon("send"),
      ),
    ),
  );
}

/** In the newsroom's threads the way in is the button below the story. */
function why(place) {
  return place.message_id === undefined
    ? "Only the newsroom posts here. Use Comment below a story."
    : "Typing is closed here. Use Comment or Reply.";
}

function type(box, text) {
  box.text = text;
  document.querySelector(".dc-write [data-writing]")?.focus();
  changed();
}

/** What is being answered or corrected. */
function about(mine, box) {
  const message = mine.editing ?? mine.replying;
  if (!message) return null;
  const whom = message.author.id === app.views.discord.me.id ? "yourself" : message.author.name;
  return h(
    "div",
    { class: "dc-about", key: "about" },
    h("span", null, mine.editing ? "Editing your message" : ["Replying to ", h("strong", null, whom)]),
    h("button", { type: "button", "aria-label": "Cancel", on: { click: () => forget(mine, box) } }, icon("close")),
  );
}

function forget(mine, box) {
  if (mine.editing) box.text = "";
  Object.assign(mine, { editing: null, replying: null });
  changed();
}
