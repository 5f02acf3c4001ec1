/** The owner's day of the stand-in: sums of its sales, whatever the period. */
import type { DayReport, Money, PaidBy, SaleView, SalesFound, TenderView } from '../../types';
import type { Answers } from '../answer';
import type { Fake } from '..';

const HOUR_MS = 3_600_000;
const WAYS: PaidBy[] = ['push', 'to_till', 'code', 'cash', 'credit'];

export default {
  day_report: (fake, { period }) => ({ ...report(fake), period, ...fake.day }),
  find_sales: (fake, { words }) => found(fake, words ?? ''),
} satisfies Answers;

function found(fake: Fake, words: string): SalesFound {
  const fits = (sale: SaleView): boolean =>
    words
      .split(' ')
      .every((word) => `${sale.reference} ${sale.amount / 100} ${sale.person ?? ''}`.includes(word));
  return { sales: fake.sales.filter(fits), payments: [], more: false };
}

function report(fake: Fake): Omit<DayReport, 'period'> {
  const parts = fake.sales.filter((sale) => sale.state === 'settled').flatMap((sale) => sale.tenders);
  const sum = (of: (part: TenderView) => boolean): Money =>
    parts.filter(of).reduce((cents, part) => cents + part.amount, 0);
  const sold = sum(() => true);
  const hour = new Date(Math.floor(Date.now() / HOUR_MS) * HOUR_MS).toISOString();
  return {
    from: hour,
    to: new Date().toISOString(),
    goes_on: true,
    sales: fake.sales.filter((sale) => sale.state === 'settled').length,
    voided: 0,
    refunds: 0,
    accounts: {
      sales: sold,
      cash: sum((part) => part.kind === 'cash'),
      mpesa_proved: sum((part) => part.kind !== 'cash' && part.proof === 'proved'),
      mpesa_not_proved: sum((part) => part.kind !== 'cash' && part.proof !== 'proved'),
      credit_given: 0,
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
    },
    owed: 0,
    in_drawers: null,
    ways: WAYS.map((way) => ({
      way,
      sold: sum((part) => part.kind === way),
      count: parts.filter((part) => part.kind === way).length,
      proved: 0,
      not_proved: 0,
    })),
    people: [],
    bars: sold === 0 ? [] : [{ at: hour, sold, mpesa: sum((part) => part.kind !== 'cash') }],
    daily: false,
    counts: [],
    open: { count: 0, amount: 0, lines: [], not_confirmed: [] },
    words: [],
    holes: [],
  };
}
