/** The customer's display: `&window=customer`. */
import { saleView, waitsForTill } from '../../ipc/fake';
import type { Fake } from '../../ipc/fake';
import type { SaleView } from '../../ipc/types';
import { customerView } from '../../logic/customer';
import { KSH, cash, pushed } from '../samples';
import { SQUARES } from '../squares';
import type { Scenes } from '.';

const shows = (fake: Fake, sale: SaleView | null, cents: number | null = null): void => {
  const { settings, pay_number, kind } = fake.app;
  fake.customer = customerView({
    sale,
    due: cents === null ? { ok: false, problem: 'empty', soFar: null } : { ok: true, cents, isSum: false },
    shop: { name: settings.shop_name, locale: settings.locale, theme: settings.theme, pretend: false },
    payTo: { kind: kind ?? 'till', number: pay_number },
    code: SQUARES,
    picture: null,
  });
};

export default {
  customerwelcome: (fake) => shows(fake, null),
  customeramount: (fake) => shows(fake, null, 1250 * KSH),
  customermillion: (fake) => shows(fake, null, 12_345_678_90),
  customerpin: (fake) => shows(fake, pushed(1250, '0712345678', 'waiting', {})),
  customertill: (fake) => shows(fake, waitsForTill(saleView(730 * KSH))),
  customerpaybill: (fake) => {
    fake.app = { ...fake.app, kind: 'paybill', pay_number: '174379' };
    shows(fake, waitsForTill(saleView(12_730 * KSH)));
  },
  customerunknown: (fake) => shows(fake, pushed(1250, '0712345678', 'not_known', { state: 'unknown' })),
  customerpaid: (fake) => shows(fake, pushed(1250, '0712345678', 'paid', { state: 'paid' })),
  customernot: (fake) =>
    shows(fake, pushed(1250, '0712345678', 'not_paid', { state: 'failed', reason: 'no_balance' })),
  customerchange: (fake) =>
    shows(
      fake,
      saleView(1250 * KSH, {
        status: 'paid_cash',
        state: 'settled',
        paid: 1250 * KSH,
        left: 0,
        tenders: [cash(1250, 2000)],
      }),
    ),
} satisfies Scenes;
