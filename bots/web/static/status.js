// Keeps the status page fresh: takes the newsroom's own page again every few seconds.

const EVERY_MS = 5000;

async function refresh() {
  if (document.visibilityState !== "visible") return;
  const response = await fetch("/status", { cache: "no-store" });
  if (!response.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("main");
  const now = document.querySelector("main");
  if (fresh && !now.contains(document.activeElement)) now.replaceWith(document.adoptNode(fresh));
}

setInterval(() => refresh().catch(() => {}), EVERY_MS);
