import { expect, it } from 'vitest';
import { pushTender, pushView, saleView } from '../ipc/fake';
import type { WitnessView } from '../ipc/types';
import { gradeWords } from './grades';
import { lineWords } from './lines';
import { whatWasSaid, whoSaid } from './witnesses';

function sentence(told_by: string, word: string, change: Partial<WitnessView> = {}): string {
  const witness = { at: '2026-11-23T11:00:00Z', told_by, word, receipt: null, amount: 35_000, ...change };
  return `${whoSaid(witness)}: ${whatWasSaid(witness)}`.replaceAll('\u00a0', ' ');
}

it('says in words who said what', () => {
  const receipt = 'UKN4B2QX7Z';
  expect([
    sentence('answer', 'accepted'),
    sentence('answer', 'unknown: timeout'),
    sentence('answer', 'not sent: no_network'),
    sentence('query', 'failed: cancelled'),
    sentence('query', 'paid'),
    sentence('callback', 'names another amount than was asked'),
    sentence('callback', 'names a receipt number that pays something else', { receipt }),
    sentence('pull', 'money in', { receipt }),
    sentence('pull', 'shows every payment of its time, and none is this'),
    sentence('money_in', 'paid'),
    sentence('typed_customer_phone', 'money in', { receipt }),
    sentence('person', 'the customer has no M-PESA message'),
    sentence('person', 'says that it was not paid'),
  ]).toMatchSnapshot();
});

it('leaves as it is what another version of Keshia wrote', () => {
  expect(sentence('oracle', 'failed: boredom')).toBe('oracle: failed: boredom');
});

it('never gives paid and paid with its code the same words', () => {
  const part = (receipt: string | null, told_by: 'query' | 'person' = 'query') =>
    gradeWords(pushTender(100, pushView('0712345678', { state: 'paid', receipt, told_by })));
  expect(part('UKN4B2QX7Z')).toBe('paid_confirmed');
  expect(part(null)).toBe('paid_no_receipt');
  expect(part(null, 'person'), 'a word is no witness').toBe('paid_by_word');
});

it('says on the line what is not proved, and what the customer must be told', () => {
  const push = pushTender(100, pushView('0712345678', { state: 'paid' }));
  const sale = saleView(100, { status: 'paid', state: 'settled', proof: 'not_proved', tenders: [push] });
  expect(lineWords(sale)).toEqual({ word: 'Paid', detail: 'no code yet · ··678', more: '' });
  expect(lineWords({ ...sale, do_not_pay_again: true }).more).toBe('Tell the customer: no PIN again');
  expect(lineWords({ ...sale, time_unsure: true }).more).toBe('PC’s date was in doubt');
});
