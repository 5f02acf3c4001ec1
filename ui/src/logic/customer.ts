/** What the customer's display shows of the counter: nothing that the customer does not know already. */
import type {
  CustomerMoment,
  CustomerView,
  Kind,
  Locale,
  Money,
  PayCode,
  SaleView,
  Theme,
} from '../ipc/types';
import type { Sum } from './calculator';
import { changeOf, panelOf, pushOnShow, wasTakenBack } from './status';

export interface Shown {
  /** What stands on the counter; none while an amount is typed. */
  sale: SaleView | null;
  /** What is typed, or left of the sale. */
  due: Sum;
  shop: { name: string; locale: Locale; theme: Theme; pretend: boolean };
  payTo: { kind: Kind; number: string | null };
  code: PayCode | null;
  picture: string | null;
}

export function customerView(shown: Shown): CustomerView {
  const { sale, shop, payTo } = shown;
  const moment = momentOf(sale, shown.due);
  const change = sale === null || moment !== 'paid' ? 0 : changeOf(sale);
  const push = sale === null || moment !== 'enter_pin' ? null : pushOnShow(sale);
  const here = moment === 'pay_number';
  return {
    locale: shop.locale,
    theme: shop.theme,
    shop_name: shop.name,
    pretend: shop.pretend,
    moment,
    amount: amountOf(moment, sale, shown.due),
    change: change > 0 ? change : null,
    phone_masked: push?.phone_masked ?? null,
    kind: payTo.kind,
    number: here ? payTo.number : null,
    account: here && payTo.kind === 'paybill' ? (sale?.reference ?? null) : null,
    code: here ? shown.code : null,
    picture: here ? shown.picture : null,
  };
}

function momentOf(sale: SaleView | null, due: Sum): CustomerMoment {
  if (sale === null) return due.ok ? 'amount' : 'welcome';
  // A typed code is no proof: the customer is told no more than the cashier.
  if (sale.status === 'code_not_confirmed') return 'checking';
  // Nobody is told *paid* for what is still owed.
  if (sale.status === 'on_credit') return 'welcome';
  // M-PESA took it back: nobody is thanked for it.
  if (wasTakenBack(sale)) return 'checking';
  switch (panelOf(sale)) {
    case 'entry':
      return 'amount';
    case 'asking':
      return 'enter_pin';
    case 'till':
      return 'pay_number';
    case 'unknown':
    case 'provisional':
      return 'checking';
    case 'failed':
      return 'not_paid';
    case 'paid':
      return 'paid';
    case 'voided':
      return 'welcome';
  }
}

function amountOf(moment: CustomerMoment, sale: SaleView | null, due: Sum): Money | null {
  if (moment === 'welcome') return null;
  if (sale === null) return due.ok ? due.cents : null;
  return moment === 'paid' || sale.state === 'settled' ? sale.amount : sale.left;
}
