// The page around the two apps: the newsroom's name, how it is, the second story, and the tabs of a small screen.

import { discordApp } from "./discord/app.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { peopleStrip } from "./people.js";
import * as server from "./server.js";
import { app, changed, remember, toast } from "./store.js";
import { telegramApp } from "./telegram/app.js";
import { toastsOf } from "./toasts.js";
import { unreadOn } from "./unread.js";

const NAMES = { telegram: "Telegram", discord: "Discord" };

export function page() {
  return [
    topBar(),
    h(
      "main",
      { class: "desk", "data-tab": app.tab },
      column("telegram", "plane", telegramApp),
      column("discord", "bubbles", discordApp),
    ),
    tabs(),
    h("div", { class: "page-toasts", role: "status", "aria-live": "polite" }, toastsOf(null)),
  ];
}

function column(platform, sign, draw) {
  return h(
    "section",
    { class: `column ${platform}`, "aria-label": NAMES[platform], id: `app-${platform}` },
    h(
      "header",
      { class: "column-head" },
      h("span", { class: "platform" }, icon(sign), NAMES[platform]),
      peopleStrip(platform),
    ),
    h("div", { class: "window" }, draw()),
  );
}

function topBar() {
  return h(
    "header",
    { class: "top" },
    h("span", { class: "brand-mark" }, icon("mark")),
    h(
      "div",
      { class: "brand" },
      h("h1", null, "Daily News Motion"),
      h("p", null, "A newsroom to try out. Nothing here leaves this machine."),
    ),
    h(
      "p",
      { class: "hint" },
      "Vote and comment as a reader, then decide as ",
      h("strong", null, "Maya"),
      " in the moderators’ room.",
    ),
    health(),
    secondStory(),
  );
}

function health() {
  const { tone, text } = howItIs();
  return h(
    "a",
    { class: "health", href: "/status", "data-tone": tone, title: `${text}. Open the status page.` },
    h("span", { class: "dot" }),
    h("span", { class: "health-text" }, text),
  );
}

function howItIs() {
  if (!app.connected) return { tone: "bad", text: "Reconnecting…" };
  if (!app.status) return { tone: "waiting", text: "Starting…" };
  const silent = Object.entries(app.status.processes ?? {}).filter(([, process]) => !process.alive);
  if (silent.length > 0) return { tone: "bad", text: `${silent.map(([name]) => name).join(", ")}: no sign of life` };
  if (!app.status.scorer?.ready) return { tone: "waiting", text: "The scorer is getting ready" };
  return { tone: "good", text: "All running" };
}

let sending = false;

function secondStory() {
  const sent = Boolean(app.told?.second);
  const send = async () => {
    sending = true;
    changed();
    await sendIt();
    sending = false;
    changed();
  };
  const label = sent ? "Second story sent" : sending ? "Sending…" : "Send the second story";
  return h(
    "button",
    { type: "button", class: "second", disabled: sent || sending, "aria-label": label, on: { click: send } },
    icon(sent ? "check" : "send"),
    h("span", { class: "long" }, label),
    h("span", { class: "short" }, "2nd story"),
  );
}

async function sendIt() {
  try {
    const { alert } = await server.tellSecondStory();
    app.told = { ...app.told, second: alert };
    toast("The second story is on its way to both platforms.");
  } catch (error) {
    toast(error.message, null, "bad");
  }
}

function tabs() {
  const others = { ArrowLeft: "telegram", ArrowRight: "discord" };
  const keys = (event) => {
    if (!others[event.key]) return;
    chooseTab(others[event.key]);
    document.getElementById(`tab-${others[event.key]}`).focus();
  };
  const list = { class: "tabs", role: "tablist", "aria-label": "Platforms", on: { keydown: keys } };
  return h("div", list, ["telegram", "discord"].map(tab));
}

function chooseTab(platform) {
  app.tab = platform;
  remember();
  changed();
}

function tab(platform) {
  const chosen = app.tab === platform;
  const unread = unreadOn(platform);
  return h(
    "button",
    {
      type: "button",
      role: "tab",
      id: `tab-${platform}`,
      key: platform,
      "aria-selected": String(chosen),
      "aria-controls": `app-${platform}`,
      on: { click: () => chooseTab(platform) },
    },
    icon(platform === "telegram" ? "plane" : "bubbles"),
    NAMES[platform],
    unread > 0 && h("span", { class: "badge", key: "badge" }, unread),
  );
}
