/** What has been paid of a sale so far, and what is left: `KSh 700 paid · left 30`. */
import type { SaleView } from '../ipc/types';
import { format, ksh } from '../logic/money';
import { cashTaken } from '../logic/status';
import { t } from '.';

/** Whose debt the sale pays off; nothing for one that sells. */
export function debtWords(sale: SaleView): string {
  return sale.pays_off ? t('pays_off', { name: debtorOf(sale) }) : '';
}

/** Whose word or debt it is. */
export function debtorOf(sale: SaleView): string {
  return sale.debtor?.name ?? t('forgotten_customer');
}

export function partWords(sale: SaleView): string {
  const left = format(sale.left);
  if (sale.paid === 0) return '';
  return sale.paid === cashTaken(sale)
    ? t('cash_part', { cash: format(sale.paid), left })
    : t('paid_part', { paid: ksh(sale.paid), left });
}
