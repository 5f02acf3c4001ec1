/** The shop's clock is East Africa Time: UTC+3, no summer time, whatever the PC says. */
const EAT_MS = 3 * 60 * 60 * 1000;

function eat(at: string | number): Date {
  return new Date(new Date(at).getTime() + EAT_MS);
}

/** `14:32` */
export function clock(at: string | number): string {
  return eat(at).toISOString().slice(11, 16);
}

/** `14:33:02` */
export function clockSeconds(at: string | number): string {
  return eat(at).toISOString().slice(11, 19);
}

/** `2026-11-23`, the shop's day. */
export function day(at: string | number): string {
  return eat(at).toISOString().slice(0, 10);
}

/** `2026-11-22` from `2026-11-23` and -1. */
export function daysFrom(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
}

/** Whole minutes since, never below 0. */
export function minutesSince(at: string, now: number): number {
  return Math.max(0, Math.floor((now - new Date(at).getTime()) / 60_000));
}

/** `0:09`, `12:40` */
export function stopwatch(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `12 Nov 2024` from `2024-11-12`; the three-letter months are read in both languages. */
export function dateWords(date: string): string {
  const [year = '', month = '1', dayOfMonth = '1'] = date.slice(0, 10).split('-');
  return `${Number(dayOfMonth)} ${MONTHS[Number(month) - 1] ?? ''} ${year}`;
}

/** The moment of `14:30` (or `1430`, `9.05`) on the shop's day; `null` for what is no time. */
export function atClock(date: string, typed: string): string | null {
  const read = /^(\d{1,2})[:. ]?(\d{2})$/.exec(typed.trim());
  const hours = Number(read?.[1]);
  const minutes = Number(read?.[2]);
  if (read === null || hours > 23 || minutes > 59) return null;
  return new Date(Date.parse(`${date}T00:00:00Z`) + (hours * 60 + minutes) * 60_000 - EAT_MS).toISOString();
}
