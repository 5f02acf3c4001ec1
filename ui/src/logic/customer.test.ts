import { expect, it } from 'vitest';
import { matter, pushTender, pushView, saleView, tender, waitsForTill } from '../ipc/fake';
import type { CustomerMoment, CustomerView, PushView, SaleStatus, SaleView, TenderView } from '../ipc/types';
import { customerView } from './customer';

const nothing = { ok: false, problem: 'empty', soFar: null } as const;

function shown(sale: SaleView | null, cents: number | null = null): CustomerView {
  return customerView({
    sale,
    due: cents === null ? nothing : { ok: true, cents, isSum: false },
    shop: { name: 'Mama Njeri Stores', locale: 'en', theme: 'light', pretend: false },
    payTo: { kind: 'paybill', number: '174379' },
    code: { path: 'M0 0', size: 1 },
    picture: null,
  });
}

const pushed = (status: SaleStatus, push: Partial<PushView>, sale: Partial<SaleView> = {}): SaleView =>
  saleView(1250_00, { status, tenders: [pushTender(1250_00, pushView('0712345678', push))], ...sale });

it('tells the customer what the counter knows, and no more', () => {
  const moments: [SaleView | null, CustomerMoment][] = [
    [null, 'welcome'],
    [pushed('sending', { state: 'sending' }), 'enter_pin'],
    [pushed('waiting', {}), 'enter_pin'],
    [pushed('not_known', { state: 'unknown' }), 'checking'],
    [pushed('failed_provisional', { state: 'failed_provisional' }), 'checking'],
    [pushed('not_paid', { state: 'failed', reason: 'no_balance' }), 'not_paid'],
    [pushed('paid', { state: 'paid' }), 'paid'],
    [waitsForTill(saleView(730_00)), 'pay_number'],
    [saleView(90_00, { status: 'voided', state: 'voided' }), 'welcome'],
  ];
  for (const [sale, moment] of moments) expect(shown(sale).moment, sale?.status).toBe(moment);
});

it('calls a typed code by no better name than the cashier', () => {
  const code: TenderView = {
    ...tender(90_00),
    proof: 'not_confirmed',
    kind: 'code',
    receipt: 'UKN4B2QX7Z',
    read_from: 'customer_phone',
    confirmed: false,
  };
  const taken = saleView(90_00, { status: 'code_not_confirmed', state: 'settled', tenders: [code] });
  expect(shown(taken).moment, 'nobody who moves money has said a word').toBe('checking');
});

it('thanks nobody for what M-PESA took back', () => {
  const paid = pushed('paid', { state: 'paid' }, { state: 'settled' });
  const back = { ...paid, matters: [matter('reversed_after_sale', 1250_00)] };
  expect(shown(back).moment).toBe('checking');
});

it('shows nobody’s phone, code or reason to the queue', () => {
  const sales = [
    pushed('waiting', {}),
    pushed('not_paid', { state: 'failed', reason: 'no_balance' }),
    pushed('paid', { state: 'paid', receipt: 'UKN4B2QX7Z' }),
  ];
  for (const sale of sales) {
    const words = JSON.stringify(shown(sale));
    expect(words, 'of the phone three digits at most').not.toMatch(/0712|345/);
    expect(words, 'no M-PESA code').not.toContain('UKN4B2QX7Z');
    expect(words, 'not why').not.toContain('no_balance');
  }
  expect(shown(sales[0] ?? null).phone_masked).toBe('··678');
});

it('shows the number only to who pays it', () => {
  expect(shown(null, 500_00)).toMatchObject({ moment: 'amount', amount: 500_00, number: null, code: null });
  const waits = waitsForTill(saleView(730_00));
  expect(shown(waits)).toMatchObject({ number: '174379', account: waits.reference, amount: 730_00 });
});
