/** The drawers, the open day and the closes of the stand-in. */
import type {
  CarriedView,
  ClosingDayView,
  DrawerView,
  GivingBackView,
  Money,
  ShiftView,
  ZReport,
  ZView,
} from '../types';
import type { Fake } from '.';

export const WORTHS = [1_000, 500, 200, 100, 50, 40, 20, 10, 5, 1];

export interface TillBook {
  shifts: ShiftView[];
  ended: ShiftView[];
  own: boolean;
  since: string | null;
  forgotten: boolean;
  notKnown: CarriedView[];
  closes: ZView[];
  paidIn: Money;
  paidOut: Money;
  givingBack: GivingBackView | null;
}

export function emptyTill(): TillBook {
  return {
    shifts: [],
    ended: [],
    own: false,
    since: new Date().toISOString(),
    forgotten: false,
    notKnown: [],
    closes: [],
    paidIn: 0,
    paidOut: 0,
    givingBack: null,
  };
}

export function shiftView(change: Partial<ShiftView> = {}): ShiftView {
  return {
    id: 'shift-1',
    number: 14,
    person: null,
    opened_at: new Date(Date.now() - 9 * 3600_000).toISOString(),
    float: 2_000_00,
    expected: 12_400_00,
    closed_at: null,
    counted: null,
    off: null,
    counts: [],
    ...change,
  };
}

export function drawerView({ till }: Fake): DrawerView {
  const used = till.own || till.shifts.length > 0 || till.ended.length > 0;
  return { here: till.shifts[0] ?? null, open: till.shifts, used, own_drawers: till.own, worths: WORTHS };
}

export function closingDayView({ till }: Fake): ClosingDayView {
  return {
    since: till.since,
    forgotten: till.forgotten,
    open_shifts: till.shifts,
    not_known: till.notKnown,
    last: till.closes[0] ?? null,
  };
}

export function report({ till }: Fake): ZReport {
  const off = till.ended.reduce((sum, shift) => sum + (shift.off ?? 0), 0);
  const counted = till.ended.reduce((sum, shift) => sum + (shift.counted ?? 0), 0);
  return {
    from_at: till.since ?? new Date().toISOString(),
    to_at: new Date().toISOString(),
    sales: 87,
    voided: 2,
    refunds: 1,
    accounts: {
      sales: 48_350_00,
      cash: till.ended.length > 0 ? 0 : 12_400_00,
      mpesa_proved: 36_400_00,
      mpesa_not_proved: 150_00,
      credit_given: 0,
      credit_paid: 0,
      taken_off: 0,
      written_off: 0,
      refunds: 350_00,
      refund_due: 0,
      sent_back: 0,
      reversed: 0,
      paid_in: till.paidIn,
      paid_out: 1_200_00 + till.paidOut,
      float: till.ended.length > 0 ? 2_000_00 - counted : 2_000_00,
      over_short: off,
    },
    people: [],
    outside_shifts: 0,
    shifts: till.ended.map(({ number, float, expected, counted: was }) => ({
      number,
      person_id: null,
      float,
      expected: expected ?? 0,
      counted: was ?? 0,
    })),
    three_way: {
      booked: 36_400_00,
      safaricom: 36_750_00,
      not_in_book: 350_00,
      off: -350_00,
      counted,
    },
    carried: till.notKnown,
    solved: [],
  };
}

export function zView(fake: Fake, change: Partial<ZView> = {}): ZView {
  return {
    number: (fake.till.closes[0]?.number ?? 0) + 1,
    day: (fake.till.since ?? new Date().toISOString()).slice(0, 10),
    closed_at: new Date().toISOString(),
    person: null,
    report: report(fake),
    rows: 4_211,
    head: '9f3c07ab51de8824b06f7710c3e95ad2417bfe08d6a3390ce512f8b74d60a1e7',
    ...change,
  };
}
