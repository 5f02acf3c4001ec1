/** One sentence for each slip at the fields. */
import type { Trouble } from '../logic/plan';
import type { PlainKey } from '.';

const TABLE: Record<Trouble, PlainKey> = {
  empty: 'sum_empty',
  unfinished: 'sum_unfinished',
  divide_by_zero: 'sum_divide_by_zero',
  not_a_sum: 'sum_not_a_sum',
  negative: 'sum_negative',
  zero: 'sum_zero',
  too_large: 'sum_too_large',
  too_fine: 'sum_too_fine',
  whole_shillings: 'slip_whole_shillings',
  above_mpesa: 'slip_above_mpesa',
  below_mpesa: 'slip_below_mpesa',
  phone_too_short: 'phone_too_short',
  phone_too_long: 'phone_too_long',
  phone_not_digits: 'phone_not_digits',
  phone_not_a_mobile: 'phone_not_a_mobile',
  phone_other_country: 'phone_other_country',
};

export function troubleWords(trouble: Trouble): PlainKey {
  return TABLE[trouble];
}
