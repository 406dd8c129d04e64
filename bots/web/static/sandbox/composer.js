// Where people write: a field that grows, Enter to send, and suggestions above it that the arrow keys walk through.

import { h } from "./dom.js";
import { changed } from "./store.js";

/**
 * `box` keeps `text` and `marked` between drawings; `suggestions` are {label, hint, take}; `send` gets the text.
 * `cancel` is what Escape does when there are no suggestions.
 */
export function writing({ box, label, placeholder, suggestions, send, cancel }) {
  const marked = Math.min(box.marked ?? 0, suggestions.length - 1);
  const keys = (event) => onKey(event, { box, suggestions, marked, send, cancel });
  const typed = (event) => {
    box.text = event.target.value;
    box.marked = 0;
    changed();
  };
  return h(
    "div",
    { class: "writing" },
    suggestions.length > 0 && list(suggestions, marked),
    h("textarea", {
      rows: 1,
      "aria-label": label,
      placeholder,
      autocomplete: "off",
      "data-writing": true,
      value: box.text ?? "",
      on: { input: typed, keydown: keys },
      mounted: grow,
    }),
  );
}

/** Sends what is in the box and empties it. */
export function sendBox(box, send) {
  const text = (box.text ?? "").trim();
  if (!text) return;
  box.text = "";
  changed();
  send(text);
}

function list(suggestions, marked) {
  const options = suggestions.map((one, at) =>
    h(
      "button",
      {
        type: "button",
        class: "suggestion",
        key: one.label,
        "data-marked": at === marked,
        tabindex: "-1",
        on: { click: one.take },
      },
      h("strong", null, one.label),
      h("span", null, one.hint),
    ),
  );
  return h("div", { class: "suggestions", key: "suggestions", role: "group", "aria-label": "Commands" }, options);
}

function onKey(event, { box, suggestions, marked, send, cancel }) {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (suggestions.length > 0 && step) {
    event.preventDefault();
    box.marked = (marked + step + suggestions.length) % suggestions.length;
    changed();
  } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    if (suggestions.length > 0) suggestions[marked].take();
    else sendBox(box, send);
  } else if (event.key === "Escape") {
    if (suggestions.length > 0) box.text = "";
    else cancel?.();
    changed();
  }
}

/** As tall as its text, within what the styles allow. */
export function grow(field) {
  field.style.setProperty("height", "auto");
  if (field.scrollHeight > 0) field.style.setProperty("height", `${field.scrollHeight}px`); // else it is out of sight
}
