/** What can be done with a payment that pays no sale yet. Pure. */
import type { MoneyInView, SaleView } from '../ipc/types';

/** A sale that a payment can be given to. */
export interface Choice {
  saleId: string;
  reference: string;
  /** It is on the counter, and only the cashier says that the payment is for it. */
  inHand: boolean;
  /** What would be over (or short, below zero) if the payment is given to it. */
  over: number;
}

/** The sales that a payment may be for, and the one in hand when it takes such a payment. */
export function choicesOf(money: MoneyInView, hand: SaleView | null): Choice[] {
  const offered = money.offers.map((offer) => ({
    saleId: offer.sale_id,
    reference: offer.reference,
    inHand: false,
    over: 0,
  }));
  if (hand?.state !== 'open' || offered.some((choice) => choice.saleId === hand.id)) return offered;
  const over = money.amount - hand.left;
  const byHand = hand.tenders.some((tender) => tender.kind === 'to_till');
  if (over !== 0 && !byHand) return offered;
  return [...offered, { saleId: hand.id, reference: hand.reference, inHand: true, over }];
}

/** The payment that the key gives away: the newest where nothing is to be chosen and nothing is over or short. */
export function toGive(
  all: MoneyInView[],
  hand: SaleView | null,
): { receipt: string; saleId: string } | null {
  for (const money of all) {
    const [only, ...others] = choicesOf(money, hand);
    if (only?.over === 0 && others.length === 0) return { receipt: money.receipt, saleId: only.saleId };
  }
  return null;
}

/** The payment that the other key makes a sale of its own: the newest that no sale asks for. */
export function toMake(all: MoneyInView[]): MoneyInView | null {
  return all.find((money) => money.offers.length === 0) ?? null;
}
