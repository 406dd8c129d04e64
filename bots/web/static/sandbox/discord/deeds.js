// What people do on Discord, and what they see come of it.

import { askToOpen } from "../links.js";
import * as server from "../server.js";
import { app, changed, screen, toast } from "../store.js";

/** Gives what came of it; undefined, with the reason shown, where Discord would not allow it. */
export async function act(action, given) {
  try {
    const outcome = await server.act("discord", app.chosen.discord, action, given);
    if (outcome?.kind === "failed") toast(outcome.text, "discord", "bad");
    return outcome;
  } catch (error) {
    toast(error.message, "discord", "bad");
    return undefined;
  }
}

/** As `act`, and what was pressed shows that it waits. Nothing is pressed twice at once. */
export async function waiting(name, action, given) {
  const mine = screen("discord");
  if (mine.pending.has(name)) return undefined;
  mine.pending.add(name);
  changed();
  const outcome = await act(action, given);
  mine.pending.delete(name);
  changed();
  return outcome;
}

export const isWaiting = (name) => screen("discord").pending.has(name);

export function open(channel) {
  Object.assign(screen("discord"), { place: { channel }, replying: null, editing: null, menu: null, drawer: false });
  changed();
}

/** What is being done with one message: answered, corrected, or its menu is open. One at a time. */
export function choose(what) {
  Object.assign(screen("discord"), { replying: null, editing: null, menu: null, ...what });
  changed();
}

export function press(message, button) {
  if (button.url) return askToOpen(screen("discord"), button.url);
  return waiting(`${message.id} ${button.custom_id}`, "click", { message_id: message.id, button: button.custom_id });
}

export const openLink = (url) => askToOpen(screen("discord"), url);

export function say(channel, text) {
  const mine = screen("discord");
  const { editing, replying } = mine;
  Object.assign(mine, { editing: null, replying: null });
  changed();
  if (editing) return act("edit", { message_id: editing.id, text });
  return act("say", { channel, text, ...(replying ? { reply_to: replying.id } : {}) });
}
