import { beforeEach, expect, it } from 'vitest';
import { Fake, LINK, saleView } from '../ipc/fake';
import { useTransport } from '../ipc/transport';
import type { MoneyInView } from '../ipc/types';
import {
  confirmClock,
  counter,
  giveMoney,
  giving,
  listen,
  makeSale,
  openRoll,
  roll,
  shop,
} from './till.svelte';

let fake: Fake;

const money = (saleId: string): MoneyInView => ({
  receipt: 'UKN4B2QX7Z',
  amount: 48_000,
  at: new Date().toISOString(),
  digits: '981',
  first_name: null,
  offers: [{ sale_id: saleId, reference: '1A0001K' }],
  hint: false,
});

beforeEach(async () => {
  fake = new Fake();
  useTransport(fake);
  await listen();
});

it('gives money that came in to its sale, once', async () => {
  const sale = fake.put(saleView(48_000, { status: 'waiting_till' }));
  fake.moneyIn = [money(sale.id)];
  await openRoll();
  expect(roll.moneyIn).toHaveLength(1);
  await Promise.all([giveMoney('UKN4B2QX7Z', sale.id), giveMoney('UKN4B2QX7Z', sale.id)]);
  expect(fake.calls.filter((call) => call.command === 'place_money')).toHaveLength(1);
  expect(roll.moneyIn, 'the card is gone').toEqual([]);
  expect(roll.find(sale.id)?.status).toBe('paid');
});

it('says why when the sale no longer waits for it', async () => {
  fake.moneyIn = [money('gone')];
  await openRoll();
  fake.refusals.set('place_money', { code: 'not_allowed', message: '' });
  await giveMoney('UKN4B2QX7Z', 'gone');
  expect(giving.error).toBe('error_not_allowed');
  expect(roll.moneyIn, 'the money still stands there').toHaveLength(1);
});

it('reads the roll anew when the date is right after all, and believes what it reads', async () => {
  const sale = fake.put(saleView(48_000, { status: 'paid_cash', state: 'settled' }));
  await openRoll();
  fake.link = { ...LINK, clock_behind: sale.opened_at };
  fake.emit('link-changed', fake.link);
  // Marked in the book without having changed otherwise.
  fake.sales = [{ ...sale, time_unsure: true }];
  await confirmClock();
  expect(shop.link.clock_behind, 'asked once').toBeNull();
  await roll.load();
  expect(roll.find(sale.id)?.time_unsure).toBe(true);
});

it('keeps what was announced while the roll was on its way', async () => {
  fake.link = { ...LINK, online: null };
  const opening = openRoll();
  fake.emit('link-changed', LINK);
  await opening;
  expect(shop.link.online).toBe(true);
});

it('takes the weather from the shell alone', async () => {
  await shop.load();
  fake.emit('link-changed', { ...LINK, prompts_slow: true });
  expect(counter.evening).toBe('slow');
  fake.emit('link-changed', { ...LINK, online: false });
  expect(counter.evening).toBe('offline');
  fake.emit('link-changed', LINK);
  expect(counter.evening).toBeNull();
});

it('makes money that came first a sale, and shows it on an empty counter', async () => {
  counter.forget();
  const first = { ...money(''), offers: [] };
  fake.moneyIn = [first];
  await openRoll();
  await makeSale(first, false);
  expect(counter.sale?.amount, 'it is what the customer stands there for').toBe(48_000);
  expect(counter.flash, 'paid').toBe(true);
  expect(roll.moneyIn).toEqual([]);
});

it('leaves what is typed on the counter alone, unless it was this very amount', async () => {
  const first = { ...money(''), offers: [] };
  for (const [typed, shown] of [
    ['120+3', false],
    ['480', true],
  ] as const) {
    counter.forget();
    fake.moneyIn = [first];
    await openRoll();
    counter.desk.amount = typed;
    await makeSale(first, false);
    expect(counter.sale !== null, typed).toBe(shown);
    expect(counter.draft.amount, 'nothing typed is lost').toBe(shown ? '' : typed);
  }
});
