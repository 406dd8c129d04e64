// A form that a bot opened. What was typed survives until it is sent or closed.

import { dialog } from "../dialog.js";
import { h } from "../dom.js";
import { icon } from "../icons.js";
import { changed } from "../store.js";
import { act, isWaiting, waiting } from "./deeds.js";

const TEXT_INPUT = 4;

export function modal(form, mine) {
  const close = () => act("close_modal", { modal_id: form.id });
  if (mine.form?.id !== form.id)
    mine.form = { id: form.id, values: Object.fromEntries(form.fields.map((one) => [one.custom_id, first(one)])) };
  const send = (event) => {
    event.preventDefault();
    submit(form, mine.form.values);
  };
  const waits = isWaiting(form.id);
  return dialog(
    { title: form.title, close, extra: "dc-veil" },
    h(
      "form",
      { class: "dc-modal", on: { submit: send } },
      h(
        "header",
        null,
        h("h2", null, form.title),
        h("button", { type: "button", class: "dc-close", "aria-label": "Close", on: { click: close } }, icon("close")),
      ),
      form.texts.map((text, at) => h("p", { key: String(at) }, text)),
      form.fields.map((one) => field(one, mine.form.values)),
      h(
        "div",
        { class: "answers" },
        h("button", { type: "button", class: "quiet", on: { click: close } }, "Cancel"),
        h(
          "button",
          { type: "submit", class: "main", disabled: waits, "data-waits": waits, "aria-busy": String(waits) },
          "Submit",
        ),
      ),
    ),
  );
}

function first(one) {
  return one.type === TEXT_INPUT
    ? one.value
    : ((one.options.find((option) => option.default) ?? one.options[0])?.value ?? "");
}

/** Fields that were left empty keep what the form says of them. */
function submit(form, values) {
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));
  return waiting(form.id, "submit_modal", { modal_id: form.id, values: given });
}

function field(one, values) {
  const id = `field-${one.custom_id}`;
  const typed = (event) => {
    values[one.custom_id] = event.target.value;
    changed();
  };
  const left = one.max_length - values[one.custom_id].length;
  return h(
    "div",
    { class: "dc-input", key: one.custom_id },
    h("label", { for: id }, one.label, one.required && h("span", { class: "required", title: "Required" }, " *")),
    one.description && h("p", { class: "described" }, one.description),
    input(one, id, values[one.custom_id], typed),
    one.type === TEXT_INPUT && one.long && h("span", { class: "left", "data-short": left < 50 }, left),
  );
}

function input(one, id, value, typed) {
  const shared = { id, value, required: one.required, on: { input: typed } };
  if (one.type !== TEXT_INPUT)
    return h(
      "select",
      shared,
      one.options.map((option) => h("option", { key: option.value, value: option.value }, option.label)),
    );
  const text = {
    ...shared,
    placeholder: one.placeholder,
    minlength: one.min_length || null,
    maxlength: one.max_length,
  };
  return one.long ? h("textarea", { ...text, rows: 6 }) : h("input", { ...text, type: "text", autocomplete: "off" });
}
