// Discord's markdown, as the tree that the server made of it.

import { h } from "../dom.js";
import { whole } from "../time.js";
import { open, openLink } from "./deeds.js";

const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strike: "s",
  code: "code",
  pre: "pre",
  quote: "blockquote",
  small: "small",
};

export const marked = (nodes) => nodes.map(node);

export const plain = (nodes) => nodes.map((one) => one.text).join("");

function node(one) {
  if (one.type === "text") return one.text;
  const inside = one.children ? marked(one.children) : one.text;
  if (TAGS[one.type]) return h(TAGS[one.type], null, inside);
  return (SPECIAL[one.type] ?? (() => inside))(one, inside);
}

const SPECIAL = {
  heading: (one, inside) => h("div", { class: "heading", "data-level": one.level }, inside),
  bullet: (one, inside) => h("div", { class: "bullet" }, inside),
  link: (one, inside) => link(one.url, inside),
  spoiler: (one, inside) => spoiler(inside),
  mention: (one, inside) => h("span", { class: "mention" }, inside),
  role: (one, inside) => h("span", { class: "mention", style: one.color ? { "--mention": one.color } : {} }, inside),
  channel: (one, inside) =>
    h("button", { type: "button", class: "mention", on: { click: () => open(one.id) } }, inside),
  time: (one, inside) => h("time", { class: "moment", datetime: one.at, title: whole(one.at) }, inside),
};

export function link(url, inside) {
  const follow = (event) => {
    event.preventDefault();
    openLink(url);
  };
  return h("a", { href: url, rel: "noopener noreferrer", on: { click: follow } }, inside);
}

function spoiler(inside) {
  const reveal = (event) => event.currentTarget.setAttribute("data-revealed", "");
  return h("button", { type: "button", class: "spoiler", on: { click: reveal } }, inside);
}
