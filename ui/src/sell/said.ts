/** What a person who cannot see the screen is told when the counter's state changes. */
import type { Kind, PaymentEnded, SaleView } from '../ipc';
import { ksh } from '../logic/money';
import { cashTaken, pushOnShow } from '../logic/status';
import type { Counter } from '../state/counter.svelte';
import { t } from '../words';
import { lineWords } from '../words/lines';
import { longWhy } from '../words/reasons';
import { paysWords } from './primary';

export function said(
  counter: Counter,
  large: PaymentEnded | null,
  payTo: { kind: Kind; number: string | null },
): string {
  const parked = large === null ? '' : `${lineWords(large.sale).word}, ${ksh(large.sale.amount)}. `;
  return parked + counterSaid(counter, payTo);
}

function paidWord(sale: SaleView): string {
  if (sale.status === 'on_credit') return t('state_on_credit');
  return t(sale.status === 'code_not_confirmed' ? 'paid_not_confirmed' : 'state_paid');
}

function counterSaid(counter: Counter, payTo: { kind: Kind; number: string | null }): string {
  const { sale } = counter;
  if (sale === null) return '';
  const why = t(longWhy(pushOnShow(sale)?.reason ?? null));
  switch (counter.view) {
    case 'asking':
      return sale.status === 'sending' ? t('state_sending') : t('state_waiting');
    case 'till':
      return paysWords(payTo);
    case 'unknown':
      return counter.canSendAgain
        ? `${t('state_unknown')}. ${why}`
        : `${t('state_unknown')}. ${t('unknown_money')}`;
    case 'provisional':
      return `${t('state_not_paid_perhaps')}. ${why}`;
    case 'failed':
      return `${t('state_not_paid')}. ${why}`;
    case 'paid':
      if (sale.do_not_pay_again) return t('do_not_pay_again');
      return `${paidWord(sale)}, ${ksh(sale.amount)}`;
    case 'voided':
      return counter.gaveUp === sale.id && cashTaken(sale) > 0
        ? `${t('state_voided')}. ${t('give_back', { amount: ksh(cashTaken(sale)) })}`
        : t('state_voided');
    case 'entry':
    case 'cash':
    case 'code':
    case 'void':
    case 'judge':
    case 'history':
    case 'receipt':
    case 'credit':
    case 'refund':
      return sale.state === 'settled' ? t('paid_meanwhile') : '';
  }
}
