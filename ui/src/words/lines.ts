/** One line of the roll in words: the word that carries the state, and the detail after it. */
import type { SaleView } from '../ipc/types';
import { format, ksh } from '../logic/money';
import {
  cashTaken,
  changeOf,
  creditOf,
  mayHaveMoved,
  pushes,
  pushOnShow,
  receiptsOf,
  wasTakenBack,
} from '../logic/status';
import { t } from '.';
import { debtorOf } from './parts';
import { shortWhy } from './reasons';

export interface LineWords {
  word: string;
  detail: string;
  /** What must be done or known besides, on a line of its own. */
  more: string;
}

/** As many characters of a receipt number as tell two of one minute apart. */
const RECEIPT_SHOWN = 6;

export function lineWords(sale: SaleView): LineWords {
  const { word, detail } = wordAndDetail(sale);
  const back = sale.refunded > 0 ? t('line_refunded', { amount: format(sale.refunded) }) : '';
  const paper = sale.from_paper ? t('line_from_paper') : '';
  const debt = sale.pays_off ? t('line_pays_off', { name: debtorOf(sale) }) : '';
  return { ...words(word, debt, detail, back, paper), more: more(sale) };
}

function more(sale: SaleView): string {
  if (sale.do_not_pay_again) return t('line_do_not_pay');
  const over = sale.matters.find((matter) => matter.kind === 'too_much');
  if (over !== undefined) return t('matter_too_much', { amount: ksh(over.amount) });
  return sale.time_unsure ? t('line_time_unsure') : '';
}

function wordAndDetail(sale: SaleView): Omit<LineWords, 'more'> {
  const push = pushOnShow(sale);
  const phone = push?.phone_masked ?? '';
  switch (sale.status) {
    case 'open':
      return words(t('line_open'), sale.paid > 0 ? t('line_left', { left: format(sale.left) }) : '');
    case 'sending':
      return words(t('line_sending'), phone);
    case 'waiting':
      return words(t('line_waiting'), phone);
    case 'not_known':
      return words(t('line_not_known'), ...unknownDetail(sale, phone));
    case 'failed_provisional':
      return words(t(shortWhy(push?.reason ?? null)), t('line_checking'), phone);
    case 'not_paid':
      return words(t(shortWhy(push?.reason ?? null)), phone);
    case 'waiting_till':
      return words(
        t('line_waiting_till'),
        sale.paid > 0 ? t('line_left', { left: format(sale.left) }) : t('line_pays_till'),
        tillDigits(sale),
      );
    case 'paid':
      return words(t(wasTakenBack(sale) ? 'state_taken_back' : 'state_paid'), ...paidDetail(sale, phone));
    case 'paid_cash':
      return words(
        t('line_cash'),
        changeOf(sale) > 0 ? t('line_change', { change: format(changeOf(sale)) }) : '',
      );
    case 'code_not_confirmed':
      return words(t('line_code'), ...receiptsOf(sale));
    case 'on_credit':
      return words(
        t('line_on_credit'),
        debtorOf(sale),
        sale.paid > creditOf(sale) ? format(creditOf(sale)) : '',
      );
    case 'voided':
      return words(t('state_voided'));
  }
}

function words(word: string, ...details: string[]): Omit<LineWords, 'more'> {
  return { word, detail: details.filter((detail) => detail !== '').join(' · ') };
}

function tillDigits(sale: SaleView): string {
  const tender = sale.tenders.findLast((other) => other.kind === 'to_till');
  return tender?.kind === 'to_till' && tender.digits !== null ? `··${tender.digits}` : '';
}

function unknownDetail(sale: SaleView, phone: string): string[] {
  if (pushes(sale).some((push) => push.state === 'awaits_statement')) return [t('line_awaits')];
  return pushes(sale).some(mayHaveMoved) ? [t('line_do_not_send')] : [phone];
}

/** Paid without a code says so first: the rest of the line may be cut off. */
function paidDetail(sale: SaleView, phone: string): string[] {
  const proved = sale.proof === 'not_proved' ? [t('line_no_receipt')] : [];
  const cash = cashTaken(sale);
  if (cash > 0) return [...proved, `${format(cash)} + ${format(sale.paid - cash)}`, phone];
  const receipt = receiptsOf(sale)[0];
  if (receipt === undefined) return [...proved, phone || tillDigits(sale)];
  return [phone || tillDigits(sale), `${receipt.slice(0, RECEIPT_SHOWN)}…`];
}
