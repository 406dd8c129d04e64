// Telegram's formatted text: a flat list of pieces, each with a type and further styles.

import { h } from "../dom.js";
import { followLink } from "./deeds.js";

const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre" };

/** Pieces of one quotation stand in one block, whatever else they are. */
export function formatted(pieces) {
  const blocks = [];
  for (const piece of pieces) {
    const quoted = isQuoted(piece);
    if (quoted && blocks.at(-1)?.quote) blocks.at(-1).quote.push(piece);
    else blocks.push(quoted ? { quote: [piece] } : { piece });
  }
  return blocks.map((block, at) => (block.quote ? quotation(block.quote) : inline(block.piece, blocks[at - 1]?.quote)));
}

export const plain = (pieces) => pieces.map((piece) => piece.text).join("");

const isQuoted = (piece) => piece.type === "quote" || piece.styles.includes("quote");

const quotation = (pieces) =>
  h(
    "blockquote",
    null,
    pieces.map((piece) => inline(piece)),
  );

/** A quotation is a block: the line break that followed it would be one too many. */
function inline(piece, afterQuote = false) {
  const text = afterQuote ? piece.text.replace(/^\n/u, "") : piece.text;
  return [piece.type, ...piece.styles].reduce((inside, style) => styled(style, inside, piece), text);
}

function styled(style, inside, piece) {
  if (TAGS[style]) return h(TAGS[style], null, inside);
  if (style === "link" && piece.url) return link(inside, piece.url);
  if (style === "spoiler") return spoiler(inside);
  if (["mention", "hashtag", "command"].includes(style)) return h("span", { class: "entity" }, inside);
  return inside;
}

function link(inside, url) {
  const follow = (event) => {
    event.preventDefault();
    followLink(url);
  };
  return h("a", { href: url, rel: "noopener noreferrer", on: { click: follow } }, inside);
}

function spoiler(inside) {
  const reveal = (event) => event.currentTarget.setAttribute("data-revealed", "");
  return h("button", { type: "button", class: "spoiler", on: { click: reveal } }, inside);
}
