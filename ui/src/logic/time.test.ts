import { expect, it } from 'vitest';
import { atClock, clock, dateWords, day, daysFrom, stopwatch } from './time';

it('keeps East Africa Time whatever the PC says', () => {
  expect(clock('2026-11-23T11:32:00Z')).toBe('14:32');
  expect(day('2026-11-23T21:30:00Z'), 'after midnight in Nairobi').toBe('2026-11-24');
});

it('reads a time from paper as the shop’s', () => {
  expect(atClock('2026-11-24', '14:30')).toBe('2026-11-24T11:30:00.000Z');
  expect(atClock('2026-11-24', '0105'), 'before three it is still the day before in London').toBe(
    '2026-11-23T22:05:00.000Z',
  );
  for (const wrong of ['', '25:00', '12:60', 'noon'])
    expect(atClock('2026-11-24', wrong), `${wrong} is no time`).toBeNull();
});

it('counts up', () => {
  expect(stopwatch(9.8)).toBe('0:09');
  expect(stopwatch(151)).toBe('2:31');
  expect(stopwatch(-1)).toBe('0:00');
});

it('turns pages of the calendar', () => {
  expect(daysFrom('2026-11-01', -1)).toBe('2026-10-31');
  expect(daysFrom('2024-02-28', 1)).toBe('2024-02-29');
});

it('names a date', () => {
  expect(dateWords('2024-11-12')).toBe('12 Nov 2024');
});
