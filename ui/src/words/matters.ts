/** What a question about money is called, and what needs looking at. */
import type { CarriedKind, MatterKind, Money, OpenLine } from '../ipc/types';
import { ksh } from '../logic/money';
import { t, type PlainKey } from '.';

const TITLES: Record<Exclude<MatterKind, 'too_much'>, PlainKey> = {
  refund_due: 'matter_refund_due',
  perhaps_same_money: 'matter_perhaps_same_money',
  reversed_after_sale: 'matter_reversed',
  perhaps_code_of_another: 'matter_perhaps_code_of_another',
  code_of_another: 'matter_code_of_another',
  also_at_another_counter: 'matter_also_at_another_counter',
  contradiction: 'matter_contradiction',
};

const CARRIED: Record<CarriedKind, PlainKey> = {
  push: 'carried_push',
  no_receipt: 'carried_no_receipt',
  code: 'carried_code',
  money_in: 'carried_money_in',
  sent_back: 'carried_sent_back',
  matter: 'carried_matter',
};

export function matterTitle(kind: MatterKind, amount: Money): string {
  return kind === 'too_much' ? t('matter_too_much', { amount: ksh(amount) }) : t(TITLES[kind]);
}

export function carriedWords(kind: CarriedKind): string {
  return t(CARRIED[kind]);
}

/** One thing to look at: what it is, and whose. */
export function openWords(line: OpenLine): string {
  const what = line.matter === null ? carriedWords(line.kind) : matterTitle(line.matter, line.amount);
  const digits = line.digits === null ? null : `··${line.digits.slice(-3)}`;
  return [what, digits, line.receipt, line.person].filter((part) => part !== null).join(' · ');
}
