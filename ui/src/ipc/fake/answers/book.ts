/** What the book shows: the roll, a sale and its witnesses, a day. */
import { needsLook } from '../../../logic/status';
import { day as shopDay } from '../../../logic/time';
import type { DayView, Money, TenderView } from '../../types';
import type { Answers } from '../answer';
import type { Fake } from '..';

export default {
  roll: (fake) => ({
    sales: fake.sales,
    more: false,
    draft: fake.draft,
    money_in: fake.moneyIn,
    to_look_at: fake.sales.filter(
      (sale) =>
        sale.matters.length > 0 || sale.status === 'not_known' || sale.status === 'code_not_confirmed',
    ).length,
    link: fake.link,
  }),
  sale: (fake, { saleId }) => fake.sale(saleId ?? ''),
  witnesses: (fake) => fake.witnesses,
  day: (fake, { day }) => dayView(fake, day ?? shopDay(Date.now())),
  save_draft: (fake, { draft }) => {
    fake.draft = draft;
    return null;
  },
} satisfies Answers;

function dayView(fake: Fake, day: string): DayView {
  const settled = fake.sales.filter((sale) => sale.state === 'settled');
  const sum = (of: (part: TenderView) => boolean): Money =>
    settled
      .flatMap((sale) => sale.tenders)
      .filter(of)
      .reduce((cents, part) => cents + part.amount, 0);
  return {
    day,
    settled: settled.length,
    taken: sum(() => true),
    cash: sum((part) => part.kind === 'cash'),
    mpesa_proved: sum((part) => part.kind !== 'cash' && part.proof === 'proved'),
    mpesa_not_proved: sum((part) => part.kind !== 'cash' && part.proof !== 'proved'),
    refund_due: 0,
    reversed: 0,
    to_look_at: fake.sales.filter(needsLook).length,
    matters: 0,
    words: [
      {
        at: new Date().toISOString(),
        reference: '1A0007K',
        amount: 120_00,
        direction: 'not_paid',
        reason: 'left the shop',
      },
    ],
    holes: [],
  };
}
