// The channels of the server with their threads, or a person's direct messages.

import { avatar } from "../avatar.js";
import { h } from "../dom.js";
import { icon } from "../icons.js";
import { open } from "./deeds.js";

export function channelList(guild, mine) {
  if (!guild) return h("nav", { class: "dc-channels", key: "channels" });
  return h(
    "nav",
    { class: "dc-channels", key: "channels", "aria-label": "Channels" },
    h("header", null, h("h2", null, guild.name)),
    h(
      "ul",
      null,
      guild.channels.map((channel) => withThreads(channel, mine)),
    ),
  );
}

export function directList(view, mine) {
  const direct = (one) =>
    h(
      "li",
      { key: one.id },
      row(one, mine, [
        avatar(one.with.id, one.name, { sign: one.with.bot ? "mark" : null }),
        h("span", { class: "name" }, one.name),
      ]),
    );
  return h(
    "nav",
    { class: "dc-channels", key: "directs", "aria-label": "Direct messages" },
    h("header", null, h("h2", null, "Direct messages")),
    view.dms.length > 0
      ? h("ul", null, view.dms.map(direct))
      : h("p", { class: "dc-empty" }, "Nobody has written to you directly. Try /alerts-in-dm in #ask-newsdesk."),
  );
}

export const signOf = (channel) =>
  channel.name === "moderators" ? "lock" : channel.type === "announcement" ? "megaphone" : "hash";

function withThreads(channel, mine) {
  const shown = channel.threads.filter((thread) => !thread.archived || thread.id === mine.place?.channel);
  return h(
    "li",
    { key: channel.id },
    row(channel, mine, [icon(signOf(channel)), h("span", { class: "name" }, channel.name)]),
    shown.length > 0 &&
      h(
        "ul",
        { class: "dc-threads", key: "threads" },
        shown.map((thread) =>
          h("li", { key: thread.id }, row(thread, mine, h("span", { class: "name" }, thread.name))),
        ),
      ),
  );
}

function row(place, mine, inside) {
  const count = place.mentions || place.unread;
  const news = place.mentions ? `, ${place.mentions} mentions` : place.unread ? `, ${place.unread} unread` : "";
  return h(
    "button",
    {
      type: "button",
      class: "dc-channel",
      "aria-current": mine.place?.channel === place.id ? "true" : null,
      "aria-label": `${place.name}${news}`,
      title: place.name,
      "data-unread": place.unread > 0,
      on: { click: () => open(place.id) },
    },
    inside,
    count > 0 && h("span", { class: "badge", key: "badge", "data-mention": place.mentions > 0 }, count),
  );
}
