/** Closing the day. */
import type { Fake } from '../../ipc/fake';
import { shiftView, zView } from '../../ipc/fake/till';
import { KSH, minutesAgo, open } from '../samples';
import type { Scenes } from '.';

export default {
  forgotten: (fake) => {
    fake.till.since = minutesAgo(24 * 60);
    fake.till.forgotten = true;
  },
  count: (fake) => {
    fake.till.shifts = [shiftView()];
    open('nav-day', 'day-close');
    setTimeout(() => typeCount([8, 5, 6, 4, 3, 2, 7, 11, 4, 20]), 1_500);
  },
  counted: (fake) => {
    count(fake, [8, 5, 6, 4, 3, 1, 2]);
  },
  over: (fake) => {
    count(fake, [9, 5, 6, 0, 3, 1, 2]);
  },
  notknown: (fake) => {
    notKnown(fake);
    open('nav-day', 'day-close');
  },
  allknown: () => {
    open('nav-day', 'day-close');
  },
  sums: (fake) => {
    fake.till.ended = [shiftView({ counted: 12_350_00, off: -50_00 })];
    open('nav-day', 'day-close', 'close-on');
  },
  z: (fake) => {
    fake.till.ended = [shiftView({ counted: 12_350_00, off: -50_00 })];
    notKnown(fake);
    open('nav-day', 'day-close');
    setTimeout(() => {
      const field = document.querySelector<HTMLInputElement>('[data-testid=close-reason]');
      if (field === null) return;
      field.value = 'Jane pays tomorrow';
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }, 1_300);
    for (const after of [1_500, 1_900])
      setTimeout(() => document.querySelector<HTMLElement>('[data-testid=close-on]')?.click(), after);
  },
  verify: (fake) => {
    fake.till.closes = [zView(fake, { number: 41, rows: 48_007 }), zView(fake, { number: 40, rows: 31_200 })];
    open('nav-settings');
    setTimeout(() => {
      const field = document.querySelector<HTMLSelectElement>('[data-testid=verify-close]');
      if (field === null) return;
      field.value = '41';
      field.dispatchEvent(new Event('change', { bubbles: true }));
      field.scrollIntoView();
      document.querySelector<HTMLElement>('[data-testid=verify-go]')?.click();
    }, 1_500);
  },
  nothingtoclose: (fake) => {
    fake.till.closes = [zView(fake, { number: 41 })];
    fake.till.since = null;
    open('nav-day', 'day-close');
  },
} satisfies Scenes;

function notKnown(fake: Fake): void {
  fake.till.notKnown = [
    { kind: 'push', about: 'p1', amount: 95 * KSH, since_z: null },
    { kind: 'code', about: 't1', amount: 90 * KSH, since_z: 40 },
    { kind: 'money_in', about: 'UKN4C7PQ1X', amount: 480 * KSH, since_z: null },
  ];
}

function count(fake: Fake, pieces: number[]): void {
  fake.till.shifts = [shiftView()];
  open('nav-day', 'day-close');
  setTimeout(() => typeCount(pieces), 1_400);
  setTimeout(() => document.querySelector<HTMLElement>('[data-testid=count-go]')?.click(), 1_700);
}

function typeCount(pieces: number[]): void {
  document.querySelectorAll<HTMLInputElement>('[data-testid=count-pieces]').forEach((field, n) => {
    field.value = String(pieces[n] ?? '');
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
}
