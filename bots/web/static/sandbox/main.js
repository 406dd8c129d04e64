// The sandbox page: two apps of two people, alive.

import { grow } from "./composer.js";
import { draw } from "./dom.js";
import { follow, followStatus } from "./live.js";
import { page } from "./page.js";
import { settle } from "./scroll.js";
import * as server from "./server.js";
import { app, changed, onChange, recall } from "./store.js";
import { unreadOn } from "./unread.js";

const AGAIN_MS = 1000;
const root = document.getElementById("page");

onChange(() => {
  draw(root, page());
  document.querySelectorAll("[data-writing]").forEach(grow);
  document.querySelectorAll("[data-place]").forEach(settle);
  const unread = unreadOn("telegram") + unreadOn("discord");
  document.title = `${unread ? `(${unread}) ` : ""}Daily News Motion`;
});

/** The sandbox may still be starting when the page is there. */
async function knowPeople() {
  for (;;) {
    try {
      app.people = await server.people();
      app.connected = true;
      return;
    } catch {
      app.connected = false;
      changed();
      await new Promise((done) => setTimeout(done, AGAIN_MS));
    }
  }
}

changed();
await knowPeople();
recall();
changed();
document.addEventListener("visibilitychange", changed);
follow();
followStatus();
