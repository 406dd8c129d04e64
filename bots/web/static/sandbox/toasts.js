// Short lines that go away by themselves.

import { h } from "./dom.js";
import { app } from "./store.js";

/** Of one app, or (without a platform) of the page. */
export function toastsOf(platform) {
  const shown = app.toasts.filter((one) => one.platform === platform);
  return shown.map((one) => h("div", { class: "toast", key: one.id, "data-tone": one.tone }, one.text));
}
