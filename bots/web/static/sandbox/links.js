// What happens when somebody opens an address: nothing leaves the sandbox unasked.

import { dialog } from "./dialog.js";
import { h } from "./dom.js";
import { changed } from "./store.js";

/** Names that are kept free for examples (RFC 2606): nobody is there. */
const INVENTED = /(^|\.)(example|test|invalid)(\.(com|net|org))?$/u;

export function askToOpen(screen, url) {
  screen.dialog = { kind: "link", url };
  changed();
}

export function linkDialog(screen) {
  const { url } = screen.dialog;
  const close = () => {
    screen.dialog = null;
    changed();
  };
  const invented = isInvented(url);
  return dialog(
    { title: "Open this link?", close },
    h("h2", null, "Open this link?"),
    h("p", { class: "address" }, url),
    invented &&
      h(
        "p",
        { class: "aside" },
        "The stories of the sandbox are invented, and so is this address. In a real newsroom your article opens here.",
      ),
    h(
      "div",
      { class: "answers" },
      h("button", { type: "button", class: "quiet", on: { click: close } }, invented ? "Close" : "Cancel"),
      !invented &&
        h(
          "a",
          { class: "main", href: url, target: "_blank", rel: "noopener noreferrer", on: { click: close } },
          "Open",
        ),
    ),
  );
}

/** A picture's place: the page loads nothing from outside, so it says where the picture would come from. */
export function hostOf(url) {
  try {
    return new URL(url).hostname;
  } catch {
    return "";
  }
}

function isInvented(url) {
  return INVENTED.test(hostOf(url));
}
