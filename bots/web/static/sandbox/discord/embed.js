// Embeds: the framed text that bots post, with a bar in their colour.

import { h } from "../dom.js";
import { icon } from "../icons.js";
import { hostOf } from "../links.js";
import { moment } from "../time.js";
import { link, marked } from "./text.js";

export function embed(one, at) {
  const title = marked(one.title);
  return h(
    "div",
    { class: "dc-embed", key: `embed ${at}`, style: one.color ? { "--bar": one.color } : {} },
    one.author && h("p", { class: "dc-embed-author", key: "author" }, one.author),
    title.length > 0 && h("p", { class: "dc-embed-title", key: "title" }, one.url ? link(one.url, title) : title),
    one.description.length > 0 &&
      h("div", { class: "dc-embed-text", key: "text", dir: "auto" }, marked(one.description)),
    one.fields.length > 0 && h("div", { class: "dc-fields", key: "fields" }, one.fields.map(field)),
    one.image && fileOf(one.image, "Picture"),
    (one.footer || one.at) &&
      h(
        "p",
        { class: "dc-embed-foot", key: "foot" },
        [one.footer, one.at && moment(one.at)].filter(Boolean).join(" · "),
      ),
  );
}

/** The page loads nothing from outside: it says what would stand here. */
export function fileOf(url, name) {
  const host = hostOf(url);
  return h(
    "div",
    { class: "picture", key: url },
    icon("picture"),
    h("span", null, host ? `${name} from ${host}` : name),
  );
}

function field(one, at) {
  return h(
    "div",
    { class: "dc-field", key: String(at), "data-inline": one.inline },
    h("p", { class: "dc-field-name" }, marked(one.name)),
    h("div", { class: "dc-field-value", dir: "auto" }, marked(one.value)),
  );
}
