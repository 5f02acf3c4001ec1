import { expect, it } from 'vitest';
import { saleView, waitsForTill } from '../ipc/fake';
import type { MoneyInView } from '../ipc/types';
import { choicesOf, toGive, toMake } from './cards';

const KSH = 100;

const money = (shillings: number, receipt: string, ...offers: string[]): MoneyInView => ({
  receipt,
  amount: shillings * KSH,
  at: '2026-11-23T11:30:00Z',
  digits: '126',
  first_name: 'JANE',
  hint: false,
  offers: offers.map((sale_id) => ({ sale_id, reference: sale_id })),
});

it('offers the sale in hand too, when it asks for just as much', () => {
  const hand = saleView(730 * KSH, { status: 'open' });
  expect(choicesOf(money(730, 'A'), hand).map((choice) => choice.inHand)).toEqual([true]);
  expect(choicesOf(money(700, 'A'), hand), 'nobody asked it for a payment by hand').toEqual([]);
  expect(choicesOf(money(730, 'A', hand.id), hand), 'it is offered once').toHaveLength(1);
  const settled = saleView(730 * KSH, { status: 'paid_cash', state: 'settled' });
  expect(choicesOf(money(730, 'A'), settled), 'a sale that is over takes nothing').toEqual([]);
});

it('lets a sale that waits take another amount, and says by how much', () => {
  const hand = waitsForTill(saleView(730 * KSH));
  expect(choicesOf(money(700, 'A'), hand)[0]?.over).toBe(-30 * KSH);
  expect(choicesOf(money(780, 'A'), hand)[0]?.over).toBe(50 * KSH);
});

it('gives away with one key only where nothing is to be chosen', () => {
  const hand = saleView(730 * KSH, { status: 'open' });
  expect(toGive([money(730, 'A', 'x')], null), 'one sale asks').toEqual({ receipt: 'A', saleId: 'x' });
  expect(toGive([money(730, 'A', 'x')], hand), 'two could be meant').toBeNull();
  expect(toGive([money(700, 'A'), money(730, 'B')], hand)).toEqual({ receipt: 'B', saleId: hand.id });
  expect(
    toGive([money(700, 'A')], waitsForTill(saleView(730 * KSH))),
    'too little is looked at first',
  ).toBeNull();
});

it('makes a sale with one key only of what no sale asks for', () => {
  expect(toMake([money(730, 'A', 'x'), money(730, 'B'), money(50, 'C')])?.receipt).toBe('B');
  expect(toMake([money(730, 'A', 'x')])).toBeNull();
});
