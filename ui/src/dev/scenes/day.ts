/** The owner's day. */
import type { AccountsView, Bar, DayReport, OpenLine, PaidBy } from '../../ipc/types';
import { KSH, minutesAgo, open } from '../samples';
import type { Scenes } from '.';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

function bars(count: number, step: number): Bar[] {
  const first =
    Math.floor(Date.now() / step) * step - (count - 1) * step - (step === DAY_MS ? 3 * HOUR_MS : 0);
  return Array.from({ length: count }, (_, n) => {
    const sold = (900 + ((n * 733) % 3_700)) * KSH;
    return { at: new Date(first + n * step).toISOString(), sold, mpesa: Math.round(sold * 0.62) };
  });
}

function line(change: Partial<OpenLine>): OpenLine {
  return {
    kind: 'code',
    about: String(change.amount),
    amount: 95 * KSH,
    at: minutesAgo(14),
    matter: null,
    sale_id: 'sale',
    reference: '1A0007K',
    person: 'Achieng',
    digits: null,
    receipt: null,
    since_z: null,
    ...change,
  };
}

const way = (paid: PaidBy, sold: number, count: number) => ({
  way: paid,
  sold: sold * KSH,
  count,
  proved: 0,
  not_proved: 0,
});

const person = (name: string, sold: number, count: number) => ({
  person_id: name,
  name,
  sold: sold * KSH,
  count,
  cash: 0,
  mpesa: 0,
  credit: 0,
  not_proved: 0,
  refunds: 0,
  over_short: 0,
});

const ACCOUNTS: AccountsView = {
  sales: 48_310 * KSH,
  cash: 15_385 * KSH,
  mpesa_proved: 31_240 * KSH,
  mpesa_not_proved: 185 * KSH,
  credit_given: 1_500 * KSH,
  credit_paid: 0,
  taken_off: 0,
  written_off: 0,
  refunds: 0,
  refund_due: 0,
  sent_back: 0,
  reversed: 0,
  paid_in: 0,
  paid_out: 0,
  float: 0,
  over_short: 0,
};

const EVENING: Partial<DayReport> = {
  sales: 186,
  accounts: ACCOUNTS,
  in_drawers: 16_885 * KSH,
  ways: [
    way('push', 22_410, 61),
    way('to_till', 9_015, 34),
    way('cash', 15_385, 88),
    way('credit', 1_500, 3),
  ],
  people: [person('Achieng', 29_870, 112), person('Otieno', 18_440, 74)],
  bars: bars(15, HOUR_MS),
  open: {
    count: 3,
    amount: 915 * KSH,
    lines: [
      line({ kind: 'push', amount: 95 * KSH, digits: '345', at: minutesAgo(2) }),
      line({ amount: 90 * KSH, receipt: 'UKN2P4KQ7Z', person: 'Otieno' }),
      line({
        kind: 'money_in',
        amount: 730 * KSH,
        sale_id: null,
        person: null,
        digits: '126',
        receipt: 'UKN4B2QX7Z',
      }),
    ],
    not_confirmed: [
      { person: 'Achieng', count: 1, amount: 95 * KSH },
      { person: 'Otieno', count: 1, amount: 90 * KSH },
    ],
  },
};

export default {
  day: (fake) => {
    fake.day = EVENING;
    open('nav-day');
  },
  dayquiet: () => {
    open('nav-day');
  },
  daymonth: (fake) => {
    fake.day = {
      ...EVENING,
      sales: 5_214,
      accounts: { ...ACCOUNTS, sales: 1_348_310 * KSH, mpesa_proved: 831_240 * KSH },
      in_drawers: null,
      bars: bars(31, DAY_MS),
      daily: true,
    };
    open('nav-day', 'day-kind-month');
  },
} satisfies Scenes;
