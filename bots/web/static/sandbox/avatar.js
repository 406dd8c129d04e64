// A round picture for everybody: initials on a colour that always belongs to them.

import { h } from "./dom.js";
import { icon } from "./icons.js";

const COLOURS = 8;

/** Initials for people, a sign for places and bots (`sign` is an icon's name). Only decoration: the name stands beside. */
export function avatar(id, name, { sign = null, extra = "" } = {}) {
  const colour = sign === "mark" ? "brand" : String(hash(String(id)) % COLOURS);
  const inside = sign ? icon(sign) : initials(name);
  return h("span", { class: `avatar ${extra}`, "data-colour": colour, "aria-hidden": "true" }, inside);
}

/** A number of 0..7 for a name's own colour. */
export const colourOf = (id) => String(hash(String(id)) % COLOURS);

function initials(name) {
  const words = name.split(/\s+/u).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return letters.map((word) => [...word][0].toUpperCase()).join("") || "?";
}

function hash(text) {
  let sum = 7;
  for (const sign of text) sum = (sum * 31 + sign.codePointAt(0)) % 65521;
  return sum;
}
