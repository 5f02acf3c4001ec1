import { expect, it } from 'vitest';
import { matter, pushTender, pushView, saleView, tender } from '../ipc/fake';
import type { PushView, SaleStatus, TenderView } from '../ipc/types';
import {
  mayHaveMoved,
  needsLook,
  panelOf,
  partsOf,
  pushOnShow,
  receiptsOf,
  refuses,
  signOf,
  toAskAbout,
  toJudge,
  withSale,
} from './status';

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

it('does not call paid what M-PESA took back', () => {
  const back = saleView(100, { status: 'paid', matters: [matter('reversed_after_sale', 100)] });
  expect(signOf(back).tone).toBe('waiting');
  expect(signOf(saleView(100, { status: 'paid' })).tone).toBe('paid');
});

it('knows when money may have moved', () => {
  const state = (change: Partial<PushView>): boolean => mayHaveMoved(pushView('0712345678', change));
  expect(state({ state: 'unknown' })).toBe(true);
  expect(state({ state: 'unknown', no_message: true }), 'the customer has no message').toBe(false);
  expect(state({ state: 'awaits_statement', no_message: true }), 'only a statement tells').toBe(true);
  expect(state({ state: 'failed', reason: 'cancelled' })).toBe(false);
});

it('counts as parts only what is money', () => {
  const asked = pushTender(100, pushView('0712345678', { state: 'failed' }));
  const paid = pushTender(100, pushView('0712345678', { state: 'paid' }));
  const waited: TenderView = {
    ...tender(100),
    kind: 'to_till',
    checking: false,
    digits: null,
    waiting: true,
    receipt: null,
  };
  const came: TenderView = { ...waited, waiting: false, receipt: 'UKN4B2QX7Z' };
  expect(partsOf(saleView(100, { tenders: [asked, paid, waited, came] }))).toEqual([paid, came]);
  expect(receiptsOf(saleView(100, { tenders: [waited, came] })), 'a payment to the till has a code').toEqual([
    'UKN4B2QX7Z',
  ]);
});

it('lets a person answer only where the shell says so', () => {
  const push = pushView('0712345678', { state: 'unknown' });
  expect(toJudge(saleView(100, { tenders: [pushTender(100, push)] }))).toBeNull();
  const judged = saleView(100, { tenders: [pushTender(100, { ...push, judge: true })] });
  expect(toJudge(judged)?.push_id).toBe(push.push_id);
});

it('refuses a used code and only warns about an old one', () => {
  expect(refuses([{ kind: 'used', sale: { reference: 'X', amount: 0, opened_at: '' }, at: '' }])).toBe(true);
  expect(refuses([{ kind: 'old', date: '2024-11-12' }])).toBe(false);
});

it('never replaces a newer view with an older one', () => {
  const newer = saleView(100, { changed_at: '2026-11-23T10:00:01Z', status: 'paid' });
  const older = { ...newer, changed_at: '2026-11-23T10:00:00Z', status: 'waiting' as const };
  expect(withSale([newer], older)).toEqual([newer]);
  expect(withSale([older], newer)).toEqual([newer]);
});
