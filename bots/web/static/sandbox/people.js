// "You are ...": everybody who lives on a platform, as a row of faces to choose from.

import { avatar } from "./avatar.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { lookAnew } from "./live.js";
import { app, changed, person, remember } from "./store.js";

const SIGNS = { moderator: "shield", editor: "pen" };

export function peopleStrip(platform) {
  const you = person(platform);
  return h(
    "div",
    { class: "people" },
    h(
      "div",
      { class: "you" },
      h("span", { class: "you-are" }, "You are"),
      h("strong", null, you?.name ?? "…"),
      h("span", { class: "about" }, you?.about ?? ""),
    ),
    h(
      "div",
      {
        class: "faces",
        role: "radiogroup",
        "aria-label": `Who you are on ${platform === "telegram" ? "Telegram" : "Discord"}`,
      },
      app.people[platform].map((someone) => face(platform, someone)),
    ),
  );
}

function face(platform, someone) {
  const chosen = app.chosen[platform] === someone.id;
  const waiting = someone.role === "reader" ? 0 : app.waitingCards[platform];
  const label = `${someone.name}, ${someone.role}${waiting ? `, ${cards(waiting)}` : ""}`;
  const choose = () => choosePerson(platform, someone.id);
  return h(
    "label",
    { class: "face", key: someone.id, "data-chosen": chosen, title: `${someone.name}: ${someone.about}` },
    h("input", {
      type: "radio",
      name: `person-${platform}`,
      value: someone.id,
      checked: chosen,
      "aria-label": label,
      on: { change: choose },
    }),
    avatar(someone.id, someone.name),
    SIGNS[someone.role] && h("span", { class: "role", "data-role": someone.role }, icon(SIGNS[someone.role])),
    waiting > 0 && h("span", { class: "badge", key: "badge", title: cards(waiting) }, waiting),
    h("span", { class: "first-name" }, someone.name.split(" ")[0]),
  );
}

const cards = (count) => (count === 1 ? "1 comment waits for a decision" : `${count} comments wait for a decision`);

function choosePerson(platform, id) {
  app.chosen[platform] = id;
  app.views[platform] = null;
  remember();
  lookAnew();
  changed();
}
