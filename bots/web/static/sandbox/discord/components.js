// Buttons and menus below a message, and the boxes that newer messages are made of.

import { h } from "../dom.js";
import { icon } from "../icons.js";
import { isWaiting, press, waiting } from "./deeds.js";
import { fileOf } from "./embed.js";
import { marked } from "./text.js";

export function component(message, one, key) {
  return (DRAWN[one.type] ?? box)(message, one, key);
}

const DRAWN = {
  button,
  select,
  text: (message, one, key) => h("div", { class: "dc-text", key }, marked(one.content)),
  separator: (message, one, key) => h("hr", { key }),
  row: (message, one, key) => h("div", { class: "dc-row", key }, inside(message, one)),
  thumbnail: (message, one, key) => h("div", { key }, fileOf(one.image, "Picture")),
  gallery: (message, one, key) =>
    h(
      "div",
      { key },
      one.images.map((url) => fileOf(url, "Picture")),
    ),
};

const inside = (message, one) => (one.components ?? []).map((child, at) => component(message, child, String(at)));

/** Containers and sections: a frame around what they hold. */
function box(message, one, key) {
  const frame = one.type === "container" ? "dc-embed" : "dc-section";
  return h(
    "div",
    { class: frame, key, style: one.color ? { "--bar": one.color } : {} },
    inside(message, one),
    one.accessory && component(message, one.accessory, "accessory"),
  );
}

function button(message, one, key) {
  const waits = isWaiting(`${message.id} ${one.custom_id}`);
  return h(
    "button",
    {
      type: "button",
      class: "dc-button",
      key: `${key} ${one.custom_id ?? one.url}`,
      "data-style": one.style,
      disabled: one.disabled,
      "data-waits": waits,
      "aria-busy": String(waits),
      on: { click: () => press(message, one) },
    },
    h("span", null, [one.emoji, one.label].filter(Boolean).join(" ")),
    one.style === "link" && icon("out"),
  );
}

/** A menu is chosen from at once; where several may be taken they are boxes to tick. */
function select(message, one, key) {
  if ((one.max_values ?? 1) > 1) return several(message, one, key);
  const pick = (event) => event.target.value && choose(message, one, [event.target.value]);
  const current = one.options?.find((option) => option.default)?.value ?? "";
  const options = (one.options ?? []).map((option) =>
    h("option", { key: option.value, value: option.value }, option.label),
  );
  return h(
    "select",
    {
      class: "dc-select",
      key,
      "aria-label": one.placeholder ?? "Choose",
      disabled: one.disabled,
      value: current,
      on: { change: pick },
    },
    h("option", { key: "none", value: "" }, one.placeholder ?? "Make a selection"),
    options,
  );
}

function several(message, one, key) {
  const chosen = new Set((one.options ?? []).filter((option) => option.default).map((option) => option.value));
  const toggle = (value) => () => {
    if (!chosen.delete(value)) chosen.add(value);
    choose(message, one, [...chosen]);
  };
  const option = (it) =>
    h(
      "label",
      { class: "dc-option", key: it.value },
      h("input", { type: "checkbox", checked: Boolean(it.default), on: { change: toggle(it.value) } }),
      h("span", null, it.label),
      it.description && h("small", null, it.description),
    );
  return h(
    "fieldset",
    { class: "dc-options", key, disabled: one.disabled },
    h("legend", null, one.placeholder ?? "Choose"),
    (one.options ?? []).map(option),
  );
}

const choose = (message, one, values) =>
  waiting(`${message.id} ${one.custom_id}`, "select", { message_id: message.id, menu: one.custom_id, values });
