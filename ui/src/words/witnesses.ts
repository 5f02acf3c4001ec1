/** What a witness said, in a sentence. The book's own words are in `till::engine::note` and `store::witness`. */
import type { Reason, WitnessView } from '../ipc/types';
import { ksh } from '../logic/money';
import { t, type PlainKey } from '.';
import { isReason, longWhy } from './reasons';

const WHO: Record<string, PlainKey> = {
  answer: 'who_answer',
  query: 'who_query',
  callback: 'who_callback',
  money_in: 'who_money_in',
  c2b: 'who_notice',
  pull: 'who_list',
  statement: 'who_statement',
  typed_shop_phone: 'who_shop_phone',
  typed_customer_phone: 'who_customer_phone',
  person: 'who_person',
};

const WHAT: Record<string, PlainKey> = {
  accepted: 'said_accepted',
  paid: 'said_paid',
  'set-up test': 'said_set_up_test',
  'the customer has no M-PESA message': 'said_no_message',
  'shows every payment of its time, and none is this': 'said_none_of_it',
  'says that it was paid': 'said_was_paid',
  'says that it was not paid': 'said_was_not_paid',
};

export function whoSaid(witness: WitnessView): string {
  const who = WHO[witness.told_by];
  return who === undefined ? witness.told_by : t(who);
}

export function whatWasSaid(witness: WitnessView): string {
  const plain = WHAT[witness.word];
  if (plain !== undefined) return t(plain);
  const code = witness.receipt ?? '';
  const amount = witness.amount === null ? '' : ksh(witness.amount);
  switch (witness.word) {
    case 'money in':
      return t('said_code', { code, amount });
    case 'names another amount than was asked':
      return t('said_other_amount', { amount });
    case 'names a receipt number that pays something else':
      return t('said_other_code', { code });
    default:
      return why(witness.word);
  }
}

/** `failed: cancelled` and its like; what another version of Keshia wrote stays as it wrote it. */
function why(word: string): string {
  const reason = word.split(': ')[1] ?? '';
  return isReason(reason) ? t(longWhy(reason satisfies Reason)) : word;
}
