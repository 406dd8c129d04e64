// What people do on Telegram, and what they see come of it.

import { askToOpen } from "../links.js";
import * as server from "../server.js";
import { app, changed, screen, toast } from "../store.js";

const OWN_ADDRESS = /^(https?:\/\/)?(t|telegram)\.me\//u;

/** Gives what came of it; undefined, with the reason shown, where Telegram would not allow it. */
export async function act(action, given) {
  try {
    return await server.act("telegram", app.chosen.telegram, action, given);
  } catch (error) {
    toast(error.message, "telegram", "bad");
    return undefined;
  }
}

export function open(chat, thread = null) {
  const mine = screen("telegram");
  Object.assign(mine, { place: { chat, thread }, replying: null, editing: null });
  changed();
}

export function leave() {
  screen("telegram").place = null;
  changed();
}

/** Press a button below a message. The button shows that it waits until the bot has answered. */
export async function tap(chat, message, button) {
  const mine = screen("telegram");
  if (button.kind === "url" && !OWN_ADDRESS.test(button.url)) return askToOpen(mine, button.url);
  const name = `${chat.id} ${message.id} ${button.press}`;
  if (mine.pending.has(name)) return undefined;
  mine.pending.add(name);
  changed();
  const answer = await act("tap", { chat: chat.id, message_id: message.id, button: button.press });
  mine.pending.delete(name);
  changed();
  return show(mine, answer);
}

export async function followLink(url) {
  const mine = screen("telegram");
  if (!OWN_ADDRESS.test(url)) return askToOpen(mine, url);
  const chat = await act("follow_link", { url });
  return chat === undefined ? undefined : open(chat);
}

function show(mine, answer) {
  if (answer === undefined) return;
  if (answer === null) toast("The bot did not answer.", "telegram", "bad");
  else if (answer.url) arrive(answer.url);
  else if (answer.alert) mine.dialog = { kind: "alert", text: answer.text };
  else if (answer.text) toast(answer.text, "telegram");
  changed();
}

/** A link of Telegram's own was followed already: look at the chat where it led. */
function arrive(url) {
  const name = url.replace(OWN_ADDRESS, "").split(/[/?]/u)[0].toLowerCase();
  const chat = app.views.telegram?.chats.find((one) => one.username.toLowerCase() === name);
  if (chat) open(chat.id);
}

export function say(chat, thread, text) {
  const mine = screen("telegram");
  const { editing, replying } = mine;
  Object.assign(mine, { editing: null, replying: null });
  changed();
  if (editing) return act("edit", { chat: chat.id, message_id: editing.id, text });
  const answered = replying?.id ?? thread;
  return act("say", { chat: chat.id, text, ...(answered ? { reply_to: answered } : {}) });
}
