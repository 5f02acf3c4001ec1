import { expect, it } from 'vitest';
import { matter, pushTender, pushView, saleView } from '../ipc/fake';
import type { SaleStatus } from '../ipc/types';
import { isSlow, needsLook, panelOf, pushOnShow, refuses, signOf, toAskAbout, withSale } from './status';

const STATUSES: SaleStatus[] = [
  'open',
  'sending',
  'waiting',
  'not_known',
  'failed_provisional',
  'not_paid',
  'waiting_till',
  'paid',
  'paid_cash',
  'code_not_confirmed',
  'voided',
];

it('gives every status a panel and a mark that needs no colour', () => {
  const seen = STATUSES.map((status) => {
    const sale = saleView(100, { status });
    return { panel: panelOf(sale), ...signOf(sale) };
  });
  expect(seen).toMatchSnapshot();
});

it('never shows money that is not proved with the mark of money that is', () => {
  const proved = signOf(saleView(100, { status: 'paid', proof: 'proved' }));
  const not = signOf(saleView(100, { status: 'paid', proof: 'not_proved' }));
  expect(proved.mark).not.toBe(not.mark);
});

it('talks about the push that the status means', () => {
  const old = pushView('0712345678', { state: 'prompted' });
  const failed = pushView('0722000000', { state: 'failed', reason: 'cancelled' });
  const sale = saleView(100, { status: 'waiting', tenders: [pushTender(100, old), pushTender(100, failed)] });
  expect(pushOnShow(sale)?.push_id, 'the live one, though it is older').toBe(old.push_id);
  expect(pushOnShow({ ...sale, status: 'not_paid' })?.push_id).toBe(failed.push_id);
  expect(pushOnShow(saleView(100))).toBeNull();
});

it('asks the customer once', () => {
  const ask = pushView('0712345678', { state: 'unknown', ask_customer: true });
  const sale = saleView(100, { tenders: [pushTender(100, ask)] });
  expect(toAskAbout(sale)?.push_id).toBe(ask.push_id);
  const answered = saleView(100, { tenders: [pushTender(100, { ...ask, no_message: true })] });
  expect(toAskAbout(answered)).toBeNull();
});

it('knows what a person must look at', () => {
  expect(needsLook(saleView(100))).toBe(false);
  expect(needsLook(saleView(100, { status: 'not_known' }))).toBe(true);
  expect(needsLook(saleView(100, { matters: [matter('refund_due', 100)] }))).toBe(true);
});

it('refuses a used code and only warns about an old one', () => {
  expect(refuses([{ kind: 'used', reference: 'X', at: '' }])).toBe(true);
  expect(refuses([{ kind: 'old', date: '2024-11-12' }])).toBe(false);
});

it('calls it slow after three silent phones of five', () => {
  const silent = () =>
    saleView(100, {
      tenders: [pushTender(100, pushView('0712345678', { state: 'failed', reason: 'no_answer' }))],
    });
  const paid = () => saleView(100, { tenders: [pushTender(100, pushView('0712345678', { state: 'paid' }))] });
  expect(isSlow([silent(), silent(), paid(), paid(), paid()])).toBe(false);
  expect(isSlow([silent(), silent(), silent(), paid(), paid()])).toBe(true);
});

it('never replaces a newer view with an older one', () => {
  const newer = saleView(100, { changed_at: '2026-11-23T10:00:01Z', status: 'paid' });
  const older = { ...newer, changed_at: '2026-11-23T10:00:00Z', status: 'waiting' as const };
  expect(withSale([newer], older)).toEqual([newer]);
  expect(withSale([older], newer)).toEqual([newer]);
});
