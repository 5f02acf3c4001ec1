/** Sales that are given up, and money that goes back. */
import { type Fake, matter, pushTender, pushView, saleView } from '../../ipc/fake';
import type { SaleView } from '../../ipc/types';
import { KSH, cash, minutesAgo, onCounter, press, pushed } from '../samples';
import type { Scenes } from '.';

export default {
  voidcash: (fake) => half(fake),
  voided: (fake) => {
    half(fake);
    setTimeout(() => {
      const field = document.querySelector<HTMLInputElement>('[data-testid=void-field]');
      if (field === null) return;
      field.value = 'Customer left';
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }, 900);
    press('primary', 1_200);
  },
  voidlive: (fake) => {
    onCounter(fake, pushed(1250, '0712345678', 'waiting', { waited_s: 9 }));
    press('void', 600);
  },
  refund: () => {
    press('roll-line', 400, 4);
    press('refund-open', 700);
  },
  refundphone: (fake) => {
    fake.sales[2] = { ...(fake.sales[2] as SaleView), matters: [matter('refund_due', 350 * KSH)] };
    fake.till.givingBack = {
      owed: 350 * KSH,
      owed_off_debt: 0,
      money: 250 * KSH,
      debt: 0,
      given: [
        {
          id: 'r1',
          amount: 100 * KSH,
          owed: false,
          at: minutesAgo(3),
          person: 'Wanjiru',
          way: 'phone',
          receipt: 'UKN5B1QX2Z',
          confirmed: false,
        },
      ],
    };
    press('roll-line', 400, 2);
    press('refund-open', 700);
    press('refund-phone', 1_200);
  },
  refunded: (fake) => {
    fake.sales[4] = { ...(fake.sales[4] as SaleView), refunded: 400 * KSH };
    press('roll-line', 400, 4);
  },
} satisfies Scenes;

/** Half in cash, the rest asked for and cancelled. */
function half(fake: Fake): void {
  onCounter(
    fake,
    saleView(1250 * KSH, {
      paid: 500 * KSH,
      left: 750 * KSH,
      status: 'not_paid',
      void_needs: 'void_taken',
      tenders: [
        cash(500, 500),
        pushTender(
          750 * KSH,
          pushView('0712345678', { state: 'failed', reason: 'cancelled', blocks: false, waited_s: 14 }),
        ),
      ],
    }),
  );
  press('void', 600);
}
