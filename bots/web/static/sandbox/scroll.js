// Where a list of messages stands: at the newest, until somebody scrolls away from it.

import { h } from "./dom.js";
import { icon } from "./icons.js";

const NEAR = 60;
const MARGIN = 12;
const STATE = Symbol("how this list is scrolled");

/** Give this as `mounted` of a list. */
export function follows(node) {
  node[STATE] = { place: null, newest: null, following: true, set: 0 };
  node.addEventListener("scroll", () => notice(node), { passive: true });
  new ResizeObserver(() => node[STATE].following && settle(node)).observe(node);
  settle(node);
}

/** After each drawing: go to what is new, unless the reader is elsewhere. Messages carry data-message. */
export function settle(node) {
  const state = node[STATE];
  if (!state) return;
  if (state.place !== node.dataset.place)
    Object.assign(state, { place: node.dataset.place, newest: null, following: true });
  if (state.following || isAnswer(node, state)) go(node, state);
}

/** A private answer to what was just pressed is looked at, wherever the reader is. */
function isAnswer(node, state) {
  const last = [...node.querySelectorAll("[data-message]")].at(-1);
  return state.newest !== null && last?.dataset.message !== state.newest && last?.dataset.private !== undefined;
}

/** A button for the frame of a list: back to the newest message. */
export function toEnd() {
  const go = (event) => {
    const list = event.currentTarget.parentElement.querySelector("[data-place]");
    list.scrollTo({ top: list.scrollHeight, behavior: "smooth" });
  };
  return h(
    "button",
    { type: "button", class: "to-end", key: "to-end", "aria-label": "To the newest message", on: { click: go } },
    icon("down"),
  );
}

function notice(node) {
  const state = node[STATE];
  const left = tellFrame(node);
  if (Math.abs(node.scrollTop - state.set) <= 2) return;
  state.following = left < NEAR;
  state.anchor = undefined; // from here on it is the end that is followed, until something new comes
}

/** How far it is to the end; its frame shows the way there. */
function tellFrame(node) {
  const left = node.scrollHeight - node.clientHeight - node.scrollTop;
  node.parentElement?.toggleAttribute("data-away", left > NEAR);
  return left;
}

/** The end; but of a message taller than the window, its beginning. */
function go(node, state) {
  const messages = [...node.querySelectorAll("[data-message]")];
  const newest = messages.at(-1);
  const end = node.scrollHeight - node.clientHeight;
  if (newest?.dataset.message !== state.newest) {
    const known = messages.findIndex((message) => message.dataset.message === state.newest);
    const first =
      known < 0 ? messages.findLast((message) => message.dataset.private === undefined) : messages[known + 1];
    state.newest = newest?.dataset.message ?? null;
    state.anchor = first?.dataset.message;
  }
  const anchor = messages.find((message) => message.dataset.message === state.anchor);
  const top = anchor ? anchor.getBoundingClientRect().top - node.getBoundingClientRect().top + node.scrollTop : end;
  state.set = Math.max(0, Math.min(end, top - MARGIN));
  node.scrollTop = state.set;
  state.set = node.scrollTop;
  tellFrame(node);
}
