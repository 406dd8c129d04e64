// A question inside one app: it keeps the keyboard until it is answered, while the other app goes on.

import { h } from "./dom.js";

const FOCUSABLE = "button:not([disabled]), input, textarea, select, a[href]";

/** `close` is called on Escape and on a press beside the box. */
export function dialog({ title, extra = "", close }, ...content) {
  const beside = (event) => event.target === event.currentTarget && close();
  const keys = (event) => onKey(event, close);
  return h(
    "div",
    { class: `veil ${extra}`, key: `dialog ${title}`, on: { click: beside, keydown: keys } },
    h(
      "div",
      { class: "dialog", role: "dialog", "aria-modal": "true", "aria-label": title, mounted: focusFirst },
      content,
    ),
  );
}

function focusFirst(node) {
  const fields = [...node.querySelectorAll(FOCUSABLE)];
  const wanted = fields.find((field) => field.matches("input, textarea, select")) ?? fields.at(-1);
  wanted?.focus();
}

function onKey(event, close) {
  if (event.key === "Escape") {
    event.stopPropagation();
    close();
  } else if (event.key === "Tab") {
    keepInside(event);
  }
}

function keepInside(event) {
  const fields = [...event.currentTarget.querySelectorAll(FOCUSABLE)];
  const edge = event.shiftKey ? fields[0] : fields.at(-1);
  if (document.activeElement !== edge) return;
  event.preventDefault();
  (event.shiftKey ? fields.at(-1) : fields[0]).focus();
}
