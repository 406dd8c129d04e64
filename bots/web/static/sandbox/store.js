// What the page knows, in one place, and the drawing that follows every change.

const REMEMBERED = "newsdesk-sandbox";
const TOAST_MS = 4500;

export const app = {
  people: { telegram: [], discord: [] },
  chosen: { telegram: null, discord: null },
  views: { telegram: null, discord: null },
  tab: "telegram",
  connected: true,
  status: null,
  told: null, // the stories that are out, by name; null until it is known
  waitingCards: { telegram: 0, discord: 0 },
  toasts: [],
};

const screens = new Map();
let drawing = null;
let toasts = 0;

/** Every person has a screen of their own: which place is open, what is half written, what waits for an answer. */
export function screen(platform) {
  const name = `${platform} ${app.chosen[platform]}`;
  if (!screens.has(name)) {
    screens.set(name, {
      place: undefined,
      drafts: {},
      replying: null,
      editing: null,
      pending: new Set(),
      dialog: null,
    });
  }
  return screens.get(name);
}

export function onChange(draw) {
  drawing = draw;
}

let asked = false;

/** Draw soon; many changes in a row are drawn once. */
export function changed() {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    drawing();
  });
}

/** A line that goes away by itself, in one app or (without a platform) on the page. */
export function toast(text, platform = null, tone = "plain") {
  const shown = { id: ++toasts, text, platform, tone };
  app.toasts = [...app.toasts.filter((other) => other.platform !== platform), shown];
  changed();
  setTimeout(() => {
    app.toasts = app.toasts.filter((other) => other !== shown);
    changed();
  }, TOAST_MS);
}

export function person(platform) {
  return app.people[platform].find((someone) => someone.id === app.chosen[platform]) ?? null;
}

/** Who was chosen before the page was loaded again. */
export function recall() {
  const kept = JSON.parse(sessionStorage.getItem(REMEMBERED) ?? "{}");
  for (const platform of ["telegram", "discord"]) {
    const known = app.people[platform].find((someone) => someone.id === kept[platform]);
    app.chosen[platform] = (known ?? app.people[platform][0])?.id ?? null;
  }
  app.tab = kept.tab === "discord" ? "discord" : "telegram";
}

export function remember() {
  sessionStorage.setItem(REMEMBERED, JSON.stringify({ ...app.chosen, tab: app.tab }));
}
