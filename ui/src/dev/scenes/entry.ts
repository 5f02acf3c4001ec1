/** The fields: amount, phone, cash, code. */
import { saleView } from '../../ipc/fake';
import { KSH, cash, draft, onCounter, press } from '../samples';
import type { Scenes } from '.';

export default {
  sell: (fake) => (fake.draft = draft({ amount: '650+3*200', phone: '0712 345 678' })),
  calculator: (fake) => (fake.draft = draft({ amount: '650+3*200' })),
  unfinished: (fake) => (fake.draft = draft({ amount: '120+' })),
  digits: (fake) => (fake.draft = draft({ amount: '730', phone: '126' })),
  cash: (fake) => (fake.draft = draft({ amount: '1250', cash: '2000', mode: 'cash' })),
  part: (fake) => (fake.draft = draft({ amount: '1250', cash: '500', mode: 'cash' })),
  rest: (fake) =>
    onCounter(
      fake,
      saleView(1250 * KSH, { paid: 500 * KSH, left: 750 * KSH, tenders: [cash(500, 500)], can_void: false }),
    ),
  code: (fake) => (fake.draft = draft({ amount: '1250', code: 'UKN4B2QX7Z', mode: 'code' })),
  oldcode: (fake) => (fake.draft = draft({ amount: '1250', code: 'SKC4B2QX7Z', mode: 'code' })),
  usedcode: (fake) => (fake.draft = draft({ amount: '1250', code: 'UKN4B2USED', mode: 'code' })),
  change: (fake) => {
    fake.draft = draft({ amount: '1250', cash: '2000', mode: 'cash' });
    press('primary', 500);
  },
} satisfies Scenes;
