// Keeps the page up to date: asks again and again for the next change, and looks over the moderators' shoulders.

import * as server from "./server.js";
import { app, changed } from "./store.js";

const AGAIN_MS = 1500;
const GLANCE_MS = 400;
const STATUS_MS = 5000;

let revision = "";
let asking = new AbortController();

/** Follows the world for as long as the page is open. */
export async function follow() {
  for (;;) {
    const chosen = { ...app.chosen };
    try {
      take(chosen, await server.state(chosen, revision, asking.signal));
      setConnected(true);
    } catch (error) {
      if (error.name === "AbortError") continue;
      revision = "";
      setConnected(false);
      await pause(AGAIN_MS);
    }
  }
}

/** Somebody else looks now: do not wait for the next change. */
export function lookAnew() {
  revision = "";
  asking.abort();
  asking = new AbortController();
}

export async function followStatus() {
  for (;;) {
    app.status = await server.status().catch(() => null);
    app.told = (await server.stories().catch(() => null))?.stories ?? app.told;
    changed();
    await pause(STATUS_MS);
  }
}

function take(chosen, seen) {
  if (!seen || chosen.telegram !== app.chosen.telegram || chosen.discord !== app.chosen.discord) return;
  revision = seen.revision;
  app.views = { telegram: seen.telegram, discord: seen.discord };
  changed();
  glanceSoon();
}

function setConnected(connected) {
  if (app.connected === connected) return;
  app.connected = connected;
  changed();
}

let glancing = null;

/** How many cards wait in the moderators' rooms, whoever is looking. */
function glanceSoon() {
  clearTimeout(glancing);
  glancing = setTimeout(async () => {
    const moderators = { telegram: moderator("telegram"), discord: moderator("discord") };
    if (!moderators.telegram || !moderators.discord) return;
    const seen = await server.state(moderators, "").catch(() => null);
    if (!seen) return;
    app.waitingCards = { telegram: cardsOnTelegram(seen.telegram), discord: cardsOnDiscord(seen.discord) };
    changed();
  }, GLANCE_MS);
}

function moderator(platform) {
  return app.people[platform].find((someone) => someone.role === "moderator")?.id;
}

function cardsOnTelegram(view) {
  const messages = view.chats.flatMap((chat) => chat.messages);
  return messages.filter((message) => message.buttons.flat().some((button) => button.label === "Approve")).length;
}

function cardsOnDiscord(view) {
  const messages = view.guilds.flatMap((guild) => guild.channels).flatMap((channel) => channel.messages);
  return messages.filter((message) => message.components.some((row) => has(row, "Approve"))).length;
}

function has(component, label) {
  return component.label === label || (component.components ?? []).some((child) => has(child, label));
}

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
