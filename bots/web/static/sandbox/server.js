// What the page asks of the newsroom's web process; nothing else is ever loaded.

const NO_CHANGE = 204;

/** The app would not allow it; the message says why. */
export class Refused extends Error {}

export const people = () => get("/sandbox/people");
export const stories = () => get("/sandbox/stories");
export const status = () => get("/status.json");
export const tellSecondStory = () => post("/sandbox/stories/second", {});

/** What both people see. Waits for a change when `revision` is given; null when there was none. */
export async function state(chosen, revision, signal) {
  const query = new URLSearchParams({ telegram: chosen.telegram, discord: chosen.discord });
  if (revision) query.set("revision", revision);
  return get(`/sandbox/state?${query}`, signal);
}

/** Do something as that person. Gives what came of it; raises Refused. */
export async function act(platform, person, action, given) {
  return (await post("/sandbox/act", { platform, person, action, arguments: given })).result;
}

async function get(path, signal) {
  return answer(await fetch(path, { signal, cache: "no-store" }));
}

async function post(path, body) {
  const headers = { "Content-Type": "application/json", "X-Newsdesk": "page" };
  return answer(await fetch(path, { method: "POST", headers, body: JSON.stringify(body) }));
}

async function answer(response) {
  if (response.status === NO_CHANGE) return null;
  const body = await response.json().catch(() => ({ reason: `The newsroom answered ${response.status}.` }));
  if (!response.ok || body.ok === false) throw new Refused(body.reason ?? `The newsroom answered ${response.status}.`);
  return body;
}
