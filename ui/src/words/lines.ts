/** One line of the roll in words: the word that carries the state, and the detail after it. */
import type { SaleView } from '../ipc/types';
import { format } from '../logic/money';
import { cashTaken, changeOf, pushOnShow, receiptsOf } from '../logic/status';
import { t } from '.';
import { shortWhy } from './reasons';

export interface LineWords {
  word: string;
  detail: string;
}

/** As many characters of a receipt number as tell two of one minute apart. */
const RECEIPT_SHOWN = 6;

export function lineWords(sale: SaleView): LineWords {
  const push = pushOnShow(sale);
  const phone = push?.phone_masked ?? '';
  switch (sale.status) {
    case 'open':
      return words(t('line_open'), cashTaken(sale) > 0 ? t('line_left', { left: format(sale.left) }) : '');
    case 'sending':
      return words(t('line_sending'), phone);
    case 'waiting':
      return words(t('line_waiting'), phone);
    case 'not_known':
      return words(t('line_not_known'), sale.can_send.answer === 'yes' ? phone : t('line_do_not_send'));
    case 'failed_provisional':
      return words(t(shortWhy(push?.reason ?? null)), t('line_checking'), phone);
    case 'not_paid':
      return words(t(shortWhy(push?.reason ?? null)), phone);
    case 'waiting_till':
      return words(t('line_waiting_till'), t('line_pays_till'), tillDigits(sale));
    case 'paid':
      return words(t('state_paid'), ...paidDetail(sale, phone));
    case 'paid_cash':
      return words(
        t('line_cash'),
        changeOf(sale) > 0 ? t('line_change', { change: format(changeOf(sale)) }) : '',
      );
    case 'code_not_confirmed':
      return words(t('line_code'), ...receiptsOf(sale));
    case 'voided':
      return words(t('state_voided'));
  }
}

function words(word: string, ...details: string[]): LineWords {
  return { word, detail: details.filter((detail) => detail !== '').join(' · ') };
}

function tillDigits(sale: SaleView): string {
  const tender = sale.tenders.findLast((other) => other.kind === 'to_till');
  return tender?.kind === 'to_till' && tender.digits !== null ? `··${tender.digits}` : '';
}

function paidDetail(sale: SaleView, phone: string): string[] {
  const cash = cashTaken(sale);
  if (cash > 0) return [`${format(cash)} + ${format(sale.paid - cash)}`, phone];
  const receipt = receiptsOf(sale)[0];
  if (receipt === undefined) return [phone, t('line_no_receipt')];
  return [phone, `${receipt.slice(0, RECEIPT_SHOWN)}…`];
}
