// Moments as people read them, in the zone of whoever reads.

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hour12: false });
const DAY = new Intl.DateTimeFormat("en", { day: "numeric", month: "long" });
const NUMBERS = new Intl.DateTimeFormat("en-GB", { day: "2-digit", month: "2-digit", year: "numeric" });
const WHOLE = new Intl.DateTimeFormat("en", { dateStyle: "full", timeStyle: "short" });

export const clock = (iso) => CLOCK.format(new Date(iso));
export const whole = (iso) => WHOLE.format(new Date(iso));
export const dayOf = (iso) => new Date(iso).toDateString();

/** "Today", "Yesterday", "4 May": the divider between two days. */
export function day(iso) {
  const days = daysAgo(iso);
  return days === 0 ? "Today" : days === 1 ? "Yesterday" : DAY.format(new Date(iso));
}

/** "Today at 14:05", as Discord writes beside a name. */
export function moment(iso) {
  return daysAgo(iso) < 2 ? `${day(iso)} at ${clock(iso)}` : `${NUMBERS.format(new Date(iso))} ${clock(iso)}`;
}

/** The time today, else the day: what a list of chats shows. */
export const brief = (iso) => (daysAgo(iso) === 0 ? clock(iso) : day(iso));

export const minutesBetween = (earlier, later) => (new Date(later) - new Date(earlier)) / 60000;

function daysAgo(iso) {
  const midnight = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((midnight(new Date()) - midnight(new Date(iso))) / 86400000);
}
