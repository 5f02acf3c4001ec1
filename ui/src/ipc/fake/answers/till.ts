/** What is done with the drawer, and the close of the day. */
import { SLIP } from '../../../dev/slip';
import { SQUARES } from '../../../dev/squares';
import type { TenderView } from '../../types';
import type { Answers } from '../answer';
import { closingDayView, drawerView, report, shiftView, zView } from '../till';
import { saleView, tender } from '../views';

export default {
  drawer: drawerView,
  closing_day: closingDayView,
  before_close: closingDayView,
  x_report: report,
  closes: (fake) => fake.till.closes,
  close_slip: (_, { number }) => ({
    text: `CLOSE ${number ?? ''}\n`,
    picture: SLIP,
    seal: number === null ? null : SQUARES,
  }),
  print_close: () => null,
  save_close: () => '/home/njeri/.local/share/ke.keshia.till/reports/2026-11-23 Z 42.pdf',
  open_shift: (fake, { float }) => {
    fake.till.shifts = [shiftView({ float, expected: float, opened_at: new Date().toISOString() })];
    return drawerView(fake);
  },
  close_shift: (fake, { shiftId, pieces }) => {
    const shift = fake.till.shifts.find((other) => other.id === shiftId) ?? shiftView();
    const counted = Object.entries(pieces).reduce((sum, [worth, n]) => sum + Number(worth) * n, 0) * 100;
    const ended = {
      ...shift,
      counted,
      off: counted - (shift.expected ?? 0),
      closed_at: new Date().toISOString(),
    };
    fake.till.shifts = fake.till.shifts.filter((other) => other.id !== shiftId);
    fake.till.ended.push(ended);
    return ended;
  },
  pay_in: (fake, { amount }) => {
    fake.till.paidIn += amount;
    return drawerView(fake);
  },
  pay_out: (fake, { amount }) => {
    fake.till.paidOut += amount;
    return drawerView(fake);
  },
  set_own_drawers: (fake, { own }) => {
    fake.till.own = own;
    return drawerView(fake);
  },
  giving_back: (fake, { saleId }) => {
    const sale = fake.sale(saleId ?? '');
    return (
      fake.till.givingBack ?? {
        owed: 0,
        owed_off_debt: 0,
        money: sale.paid - sale.refunded,
        debt: 0,
        given: [],
      }
    );
  },
  refund: (fake, { saleId, amount }) => {
    const sale = fake.sale(saleId ?? '');
    return fake.put({ ...sale, refunded: sale.refunded + amount });
  },
  write_in: (fake, { amount, at, code }) => {
    const tenders: TenderView[] =
      code === null
        ? [{ ...tender(amount), kind: 'cash', tendered: amount, change: 0 }]
        : [
            {
              ...tender(amount),
              proof: 'not_confirmed',
              kind: 'code',
              receipt: code,
              read_from: 'shop_phone',
              confirmed: false,
            },
          ];
    return fake.put(
      saleView(amount, {
        opened_at: at,
        from_paper: true,
        state: 'settled',
        status: code === null ? 'paid_cash' : 'code_not_confirmed',
        proof: code === null ? 'none' : 'not_confirmed',
        paid: amount,
        left: 0,
        tenders,
      }),
    );
  },
  close_day: (fake) => {
    const z = zView(fake);
    fake.till = { ...fake.till, closes: [z, ...fake.till.closes], since: null, forgotten: false, ended: [] };
    return z;
  },
} satisfies Answers;
