/** Customers who pay later. */
import type { DebtLineView } from '../../ipc/types';
import { customerView } from '../../ipc/fake/answers/customers';
import type { Fake } from '../../ipc/fake';
import { KSH, draft, minutesAgo, press } from '../samples';
import type { Scenes } from '.';

const line = (
  minutes: number,
  kind: DebtLineView['kind'],
  amount: number,
  balance: number,
  reference: string | null,
): DebtLineView => ({
  at: minutesAgo(minutes),
  kind,
  amount: amount * KSH,
  balance: balance * KSH,
  reference,
  reason: kind === 'written_off' ? 'moved away' : null,
});

export default {
  customersnone: () => press('nav-customers', 500),
  customers: (fake) => {
    known(fake);
    press('nav-customers', 500);
  },
  customer: (fake) => {
    known(fake);
    press('nav-customers', 500);
    press('customer-line', 1_000);
  },
  customernew: (fake) => {
    known(fake);
    press('nav-customers', 500);
    press('customer-new', 1_000);
  },
  regulars: (fake) => {
    known(fake);
    fake.draft = draft({ amount: '1250', phone: '678' });
  },
  regularchosen: (fake) => {
    known(fake);
    fake.draft = draft({ amount: '1250', phone: '678' });
    press('regular', 800);
  },
  credit: (fake) => {
    known(fake);
    type('amount', '1250', 500);
    press('credit-open', 800);
    type('credit-who', 'wa', 1_200);
  },
  creditpart: (fake) => {
    known(fake);
    type('amount', '1250', 500);
    press('credit-open', 800);
    type('credit-who', 'wanjiru', 1_200);
    press('credit-found', 1_600);
  },
} satisfies Scenes;

function known(fake: Fake): void {
  fake.customers = [
    customerView('Wanjiru Kamau', { owed: 2_150 * KSH, room: 850 * KSH, agreed_with: 'Njeri' }),
    customerView('Baraka Wafula', {
      phone_masked: '··126',
      owed: 400 * KSH,
      room: 600 * KSH,
      limit: 1_000 * KSH,
    }),
    customerView('Salon ya Mama Wairimu', { phone_masked: '··981' }),
  ];
  fake.debts['customer-Wanjiru Kamau'] = [
    line(12_000, 'given', 1_800, 1_800, '1A0004K'),
    line(9_000, 'paid_off', -500, 1_300, '1A0019F'),
    line(4_000, 'given', 1_200, 2_500, '1A0031C'),
    line(1_500, 'refunded', -150, 2_350, '1A0031C'),
    line(60, 'written_off', -200, 2_150, null),
  ];
}

function type(testid: string, text: string, afterMs: number): void {
  setTimeout(() => {
    const field = document.querySelector<HTMLInputElement>(`[data-testid=${testid}]`);
    if (field === null) return;
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }, afterMs);
}
