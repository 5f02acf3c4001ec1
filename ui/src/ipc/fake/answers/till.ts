/** What is done with the drawer, and the close of the day. */
import type { Answers } from '../answer';
import { closingDayView, drawerView, report, shiftView, zView } from '../till';

export default {
  drawer: drawerView,
  closing_day: closingDayView,
  before_close: closingDayView,
  x_report: report,
  closes: (fake) => fake.till.closes,
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
  close_day: (fake) => {
    const z = zView(fake);
    fake.till = { ...fake.till, closes: [z, ...fake.till.closes], since: null, forgotten: false, ended: [] };
    return z;
  },
} satisfies Answers;
