/** The window's one till: the shop, its roll, its counter, and the wires between them. */
import { events, mutations, queries, toProblem } from '../ipc';
import type { ClosingView, MoneyInView, Outcome, SaleView } from '../ipc';
import { withSale } from '../logic/status';
import type { PlainKey } from '../words';
import { refusal } from '../words/errors';
import { Counter } from './counter.svelte';
import { DraftKeeper } from './draft';
import { Lesson } from './lesson.svelte';
import { Roll } from './roll.svelte';
import type { EarlyRoll } from './roll.svelte';
import { Shop } from './shop.svelte';
import { people } from './people.svelte';
import { play } from './sound';

export const shop = new Shop();
export const roll = new Roll();
export const counter = new Counter({
  get connected() {
    return shop.connected;
  },
  get offline() {
    return shop.offline;
  },
  get slow() {
    return shop.link.prompts_slow;
  },
  newest(sale: SaleView) {
    roll.sales = withSale(roll.sales, sale);
    return roll.find(sale.id) ?? sale;
  },
});

/** Practice's lesson, which follows what the book says. */
export const lesson = new Lesson();

export const drafts = new DraftKeeper((thrown) => {
  counter.error = refusal(toProblem(thrown).code).text;
});

/** What somebody who cannot see the screen hears. */
export const voice = $state({ said: '' });
/** Only what was put back may be written over: an empty counter must not erase the last draft. */
export const desk = $state({ restored: false });
/** A payment is being given to a sale. */
export const giving = $state<{ busy: boolean; error: PlainKey | null }>({ busy: false, error: null });
/** The panel about closing. */
export const closing = $state<{ view: ClosingView | null }>({ view: null });

let linksHeard = 0;

/** Listens for the whole life of the window. */
export async function listen(): Promise<void> {
  await Promise.all([
    events.saleChanged((sale) => {
      lesson.heard(sale);
      roll.heard(sale);
      counter.heard(sale);
    }),
    events.paymentEnded((ended) => {
      lesson.heard(ended.sale);
      const onCounter = counter.sale?.id === ended.sale.id;
      roll.heard(ended.sale);
      counter.heard(ended.sale);
      if (!onCounter) roll.ended(ended);
      sound(ended.outcome);
    }),
    events.rollChanged(() => roll.changed()),
    events.linkChanged((link) => {
      linksHeard += 1;
      shop.link = link;
    }),
    events.backupTold((trouble) => {
      shop.backupTrouble = trouble;
    }),
    events.displayClosed(() => void shop.save({ customer_display: false })),
    events.printerChanged((printer) => {
      shop.printer = printer;
    }),
    events.deskChanged((heard) => {
      people.put(heard);
    }),
    events.closeAsked((view) => {
      closing.view = view;
    }),
  ]);
}

function sound(outcome: Outcome): void {
  if (shop.sounds) play(outcome, shop.volume);
}

/** Asks for the roll before it is known that there is one, so that a start waits for one answer and not two. */
export function earlyRoll(): EarlyRoll {
  return queries.roll().catch(() => null);
}

/** Reads the roll and puts back what was half typed when Keshia last stopped. */
export async function openRoll(early?: EarlyRoll): Promise<void> {
  const first = !roll.loaded;
  const heard = linksHeard;
  const read = await roll.load(early);
  if (read === null) return;
  // It may have been read before anything was listened to: what changed in between is read again.
  if (early !== undefined) roll.changed();
  // What was announced while the roll was on its way is newer than what it says.
  if (linksHeard === heard) shop.link = read.link;
  // Beside the roll: nothing at the counter waits for it.
  void queries.printer().then(
    (printer) => (shop.printer = printer),
    () => undefined,
  );
  const { draft } = read;
  if (first && draft !== null) {
    const sale = draft.sale_id === null ? null : await saleOf(draft.sale_id);
    counter.restore(draft, sale);
  }
  desk.restored = true;
}

/** A person says which sale a payment is for. */
export function giveMoney(receipt: string, saleId: string): Promise<void> {
  return settle(receipt, async () => {
    const sale = await mutations.placeMoney(receipt, saleId);
    counter.heard(sale);
    return sale;
  });
}

/** A payment becomes a sale of its own; `noneOfThem` when the card showed sales that it may be for. */
export function makeSale(money: MoneyInView, noneOfThem: boolean): Promise<void> {
  return settle(money.receipt, async () => {
    const sale = await mutations.saleOfMoney(money.receipt, noneOfThem);
    counter.took(sale);
    return sale;
  });
}

async function settle(receipt: string, act: () => Promise<SaleView>): Promise<void> {
  if (giving.busy) return;
  giving.busy = true;
  giving.error = null;
  try {
    const sale = await act();
    roll.moneyIn = roll.moneyIn.filter((money) => money.receipt !== receipt);
    roll.heard(sale);
  } catch (thrown) {
    giving.error = refusal(toProblem(thrown).code).text;
    roll.changed();
  } finally {
    giving.busy = false;
  }
}

/** A person says that the PC's date is right; what was written with a later one is marked on the roll. */
export async function confirmClock(): Promise<void> {
  try {
    await mutations.confirmClock();
    await roll.load();
    await counter.reread();
  } catch (thrown) {
    counter.error = refusal(toProblem(thrown).code).text;
  }
}

/** Another book is about to be opened: nothing of this one may stay on the counter. */
export function forget(): void {
  desk.restored = false;
  shop.backupTrouble = null;
  roll.forget();
  counter.forget();
  lesson.leave();
}

async function saleOf(saleId: string): Promise<SaleView | null> {
  const listed = roll.find(saleId);
  if (listed !== undefined) return listed;
  return queries.sale(saleId).catch(() => null);
}
