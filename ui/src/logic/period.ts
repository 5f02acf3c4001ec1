/** Which stretch of time the day's screen shows, and its neighbours. */
import type { Period } from '../ipc/types';
import { daysFrom } from './time';

export type Kind = 'day' | 'week' | 'month' | 'close';

export function kindOf(period: Period): Kind {
  return period.kind === 'open' ? 'close' : period.kind;
}

/** The one that goes on now. */
export function current(kind: Kind, today: string): Period {
  return kind === 'close' ? { kind: 'open' } : { kind, day: today };
}

/** The week or the month round what is shown; a day, or the open stretch, is always the one that goes on. */
export function switched(shown: Period, kind: Kind, today: string): Period {
  const round = kind === 'week' || kind === 'month';
  return round && 'day' in shown ? { kind, day: shown.day } : current(kind, today);
}

/** The next (1) or the one before (-1); `last` is the number of the newest close. `null` where there is none. */
export function turned(period: Period, by: 1 | -1, today: string, last: number): Period | null {
  switch (period.kind) {
    case 'open':
      return by === -1 && last > 0 ? { kind: 'close', number: last } : null;
    case 'close': {
      const number = period.number + by;
      if (number > last) return { kind: 'open' };
      return number > 0 ? { kind: 'close', number } : null;
    }
    case 'day':
      return before({ kind: 'day', day: daysFrom(period.day, by) }, today);
    case 'week':
      return before({ kind: 'week', day: daysFrom(monday(period.day), by * 7) }, today);
    case 'month':
      return before({ kind: 'month', day: firstOf(period.day, by) }, today);
  }
}

function before(period: Period & { day: string }, today: string): Period | null {
  return period.day > today ? null : period;
}

/** `2026-11-23` from any day of its week. */
export function monday(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return daysFrom(day, -((weekday + 6) % 7));
}

/** The first of the month that is `by` months away. */
function firstOf(day: string, by: number): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + by, 1)).toISOString().slice(0, 10);
}
