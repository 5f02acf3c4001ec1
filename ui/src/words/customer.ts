/** What the customer's display says. */
import type { CustomerMoment, CustomerView } from '../ipc/types';
import { t } from '.';

interface Sign {
  shape: 'full' | 'quarter' | 'cross' | 'bang';
  tone: 'paid' | 'waiting' | 'not_paid';
}

export function customerWords(view: CustomerView): string {
  switch (view.moment) {
    case 'welcome':
      return t('customer_welcome');
    case 'amount':
      return t('customer_to_pay');
    case 'enter_pin':
      return t('customer_pin', { phone: view.phone_masked ?? '' });
    case 'pay_number':
      return t('customer_pay');
    case 'checking':
      return t('customer_checking');
    case 'paid':
      return t('customer_paid');
    case 'not_paid':
      return t('customer_not_paid');
  }
}

/** The mark that carries the state for whoever does not tell the colours apart. */
export function markOf(moment: CustomerMoment): Sign | null {
  switch (moment) {
    case 'paid':
      return { shape: 'full', tone: 'paid' };
    case 'enter_pin':
    case 'pay_number':
      return { shape: 'quarter', tone: 'waiting' };
    case 'checking':
      return { shape: 'bang', tone: 'waiting' };
    case 'not_paid':
      return { shape: 'cross', tone: 'not_paid' };
    case 'welcome':
    case 'amount':
      return null;
  }
}
