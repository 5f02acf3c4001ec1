import { expect, it } from 'vitest';
import { pushTender, pushView, saleView, tender, waitsForTill } from '../ipc/fake';
import type { PushView, SaleView } from '../ipc/types';
import { progressOf } from './lesson';

const pushed = (status: SaleView['status'], push: Partial<PushView>): SaleView =>
  saleView(350_00, { status, tenders: [pushTender(350_00, pushView('0700000000', push))] });

it('is learned by what the book says, and by nothing else', () => {
  const paid = pushed('paid', { state: 'paid' });
  expect(progressOf('pays', paid)).toBe('learned');
  expect(progressOf('pays', pushed('waiting', {})), 'a prompt on the phone is not paid').toBe('nothing');
  expect(progressOf('pays', saleView(350_00, { status: 'paid_cash' })), 'cash teaches no prompt').toBe(
    'nothing',
  );
  expect(progressOf('cancels', pushed('not_paid', { state: 'failed', reason: 'cancelled' }))).toBe('learned');
  expect(progressOf('cancels', pushed('not_paid', { state: 'failed', reason: 'wrong_pin' }))).toBe('nothing');
  const waits = waitsForTill(saleView(120_00));
  expect(progressOf('till', waits), 'the number was shown, nobody paid').toBe('nothing');
  const came = { ...waits.tenders[0], waiting: false } as SaleView['tenders'][number];
  expect(progressOf('till', { ...waits, status: 'paid', tenders: [came] })).toBe('learned');
  expect(progressOf('till', paid), 'a prompt is no payment to the till').toBe('nothing');
});

it('does not praise who takes an old code', () => {
  const code = {
    ...tender(90_00),
    kind: 'code',
    receipt: 'SKC4B2QX7Z',
    read_from: 'customer_phone',
    confirmed: false,
  };
  const taken = saleView(90_00, {
    status: 'code_not_confirmed',
    tenders: [code as SaleView['tenders'][number]],
  });
  expect(progressOf('old', taken)).toBe('fooled');
  expect(progressOf('old', saleView(90_00, { status: 'paid_cash' }))).toBe('learned');
  expect(progressOf('unknown', pushed('not_known', { state: 'unknown' }))).toBe('under_way');
});
