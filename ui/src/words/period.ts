/** The names of days, weeks and months, from the system's own tables of both languages. */
import type { Period } from '../ipc/types';
import { monday } from '../logic/period';
import { daysFrom } from '../logic/time';
import { speech, t } from '.';

function named(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(speech.locale === 'sw' ? 'sw' : 'en-GB', { ...options, timeZone: 'UTC' });
}

const noon = (day: string): Date => new Date(`${day}T12:00:00Z`);

/** `Monday 23 November`; the year is said when it is another. */
export function dayTitle(day: string, today: string): string {
  const year = day.slice(0, 4) === today.slice(0, 4) ? undefined : 'numeric';
  return named({ weekday: 'long', day: 'numeric', month: 'long', year }).format(noon(day));
}

/** `Mon 23`, under a bar and before a line of the roll. */
export function dayShort(day: string): string {
  return named({ weekday: 'short', day: 'numeric' }).format(noon(day));
}

export function periodTitle(period: Period, today: string): string {
  switch (period.kind) {
    case 'day':
      return dayTitle(period.day, today);
    case 'week': {
      const first = monday(period.day);
      const range = named({ day: 'numeric', month: 'long' });
      return range.formatRange(noon(first), noon(daysFrom(first, 6)));
    }
    case 'month':
      return named({ month: 'long', year: 'numeric' }).format(noon(period.day));
    case 'close':
      return t('day_close_number', { number: period.number });
    case 'open':
      return t('day_since_close');
  }
}
