// Discord: the server, its channels, and the one that is open.

import { avatar } from "../avatar.js";
import { h } from "../dom.js";
import { icon } from "../icons.js";
import { linkDialog } from "../links.js";
import { app, changed, person, screen, toast } from "../store.js";
import { toastsOf } from "../toasts.js";
import { markRead, places, sum } from "../unread.js";
import { channelPane } from "./channel.js";
import { channelList, directList } from "./channels.js";
import { modal } from "./modal.js";

export function discordApp() {
  const view = app.views.discord;
  if (!view) return h("div", { class: "dc loading", key: "loading" }, h("span", { class: "spinner" }));
  const mine = screen("discord");
  if (mine.place === undefined) mine.place = firstPlace(view);
  const place = places(view).find((one) => one.id === mine.place?.channel);
  markRead("discord", place);
  flash(view, mine);
  const direct = Boolean(place?.with) || mine.direct;
  return h(
    "div",
    { class: "dc", key: "discord", "data-drawer": Boolean(mine.drawer) },
    rail(view, mine, direct),
    h(
      "div",
      { class: "dc-side", key: "side" },
      direct ? directList(view, mine) : channelList(view.guilds[0], mine),
      me(view),
    ),
    place ? channelPane(view, place, mine) : h("div", { class: "dc-none", key: "none" }, "Nothing is open."),
    h("div", { class: "toasts", role: "status", "aria-live": "polite" }, toastsOf("discord")),
    view.modal && modal(view.modal, mine),
    mine.dialog && linkDialog(mine),
  );
}

function firstPlace(view) {
  const channel = view.guilds[0]?.channels[0];
  return channel ? { channel: channel.id } : null;
}

/** What the app flashed to this person: each once. */
function flash(view, mine) {
  const newest = view.notices.at(-1);
  if (!newest || newest.at === mine.flashed) return;
  mine.flashed = newest.at;
  setTimeout(() => toast(newest.text, "discord", "bad"));
}

function rail(view, mine, direct) {
  const go = (toDirect) => () => {
    mine.direct = toDirect;
    if (!toDirect && direct) mine.place = firstPlace(view);
    if (toDirect && view.dms.length > 0) mine.place = { channel: view.dms[0].id };
    changed();
  };
  const mentions = view.guilds.flatMap((guild) => guild.channels).reduce((total, one) => total + one.mentions, 0);
  return h(
    "nav",
    { class: "dc-rail", key: "rail", "aria-label": "Servers" },
    server("Direct messages", "comment", direct, sum(view.dms), go(true)),
    h("span", { class: "dc-rail-line" }),
    view.guilds.map((guild) => server(guild.name, "mark", !direct, mentions, go(false))),
  );
}

function server(name, sign, chosen, count, click) {
  return h(
    "button",
    {
      type: "button",
      key: name,
      class: "dc-server",
      "data-sign": sign,
      "aria-current": chosen ? "true" : null,
      "aria-label": count ? `${name}, ${count} new` : name,
      title: name,
      on: { click },
    },
    icon(sign),
    count > 0 && h("span", { class: "badge", key: "badge" }, count),
  );
}

function me(view) {
  return h(
    "div",
    { class: "dc-me" },
    avatar(view.me.id, view.me.name),
    h("div", null, h("strong", null, view.me.name), h("span", null, person("discord")?.role ?? "")),
  );
}
