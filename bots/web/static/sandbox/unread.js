// How much each person has not seen yet, and telling the platform what they have.

import * as server from "./server.js";
import { app } from "./store.js";

const marked = new Map();

export function unreadOn(platform) {
  const view = app.views[platform];
  if (!view) return 0;
  return platform === "telegram" ? sum(view.chats) : sum(places(view));
}

/** Every channel, thread and direct channel of a person on Discord. */
export function places(view) {
  const channels = view.guilds.flatMap((guild) => guild.channels);
  return [...channels, ...channels.flatMap((channel) => channel.threads), ...view.dms];
}

export const sum = (list) => list.reduce((total, one) => total + one.unread, 0);

/** What lies open before somebody's eyes is read. Each newest message is reported once. */
export function markRead(platform, place) {
  if (!place || place.unread === 0 || !isVisible(platform)) return;
  const name = `${platform} ${app.chosen[platform]} ${place.id}`;
  const newest = place.messages.at(-1)?.id;
  if (marked.get(name) === newest) return;
  marked.set(name, newest);
  const [action, given] = platform === "telegram" ? ["read", { chat: place.id }] : ["mark_read", { channel: place.id }];
  server.act(platform, app.chosen[platform], action, given).catch(() => marked.delete(name));
}

function isVisible(platform) {
  const column = document.getElementById(`app-${platform}`);
  return document.visibilityState === "visible" && column !== null && column.offsetParent !== null;
}
