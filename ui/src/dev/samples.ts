/** Sales of a day at the drawing board. */
import { type Fake, pushTender, pushView, saleView, tender } from '../ipc/fake';
import type { Draft, PushView, Reason, SaleStatus, SaleView, TenderView } from '../ipc/types';

export const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
export const KSH = 100;

export function draft(change: Partial<Draft>): Draft {
  return { amount: '', phone: '', cash: '', code: '', mode: 'entry', sale_id: null, ...change };
}

export function pushed(
  amount: number,
  phone: string,
  status: SaleStatus,
  push: Partial<PushView>,
  sale: Partial<SaleView> = {},
): SaleView {
  const ended = status === 'paid';
  const view = pushView(phone, push);
  return saleView(amount * KSH, {
    status,
    state: ended ? 'settled' : 'open',
    paid: ended ? amount * KSH : 0,
    left: ended ? 0 : amount * KSH,
    proof: ended ? (view.receipt === null ? 'not_proved' : 'proved') : 'none',
    tenders: [pushTender(amount * KSH, view)],
    can_send:
      status === 'not_paid'
        ? { answer: 'yes' }
        : { answer: 'other_phone', push_id: view.push_id, wait_s: null },
    can_void: status === 'not_paid',
    void_needs: ended ? null : status === 'not_paid' ? 'void_sale' : 'void_live',
    ...sale,
  });
}

export function cash(amount: number, tendered: number): TenderView {
  return {
    ...tender(amount * KSH),
    kind: 'cash',
    tendered: tendered * KSH,
    change: (tendered - amount) * KSH,
  };
}

/** A payment by hand that came. */
export function paidByHand(amount: number): TenderView {
  return {
    ...tender(amount * KSH),
    proof: 'proved',
    why: 'reference',
    kind: 'to_till',
    checking: false,
    digits: null,
    waiting: false,
    receipt: 'UKN4B2QX7Z',
  };
}

export function toTill(amount: number, digits: string | null, minutes: number): TenderView {
  return {
    ...tender(amount * KSH),
    opened_at: minutesAgo(minutes),
    kind: 'to_till',
    checking: false,
    digits,
    waiting: true,
    receipt: null,
  };
}

export function day(): SaleView[] {
  return [
    saleView(480 * KSH, {
      opened_at: minutesAgo(2),
      status: 'waiting_till',
      tenders: [toTill(480, '981', 2)],
    }),
    pushed(
      95,
      '0711222345',
      'not_known',
      { state: 'unknown', reason: 'timeout' },
      { opened_at: minutesAgo(4) },
    ),
    pushed(350, '0722000126', 'paid', { state: 'paid', receipt: 'UKN3X8QW2E' }, { opened_at: minutesAgo(5) }),
    pushed(
      200,
      '0733111345',
      'not_paid',
      { state: 'failed', reason: 'cancelled' },
      { opened_at: minutesAgo(6) },
    ),
    saleView(1000 * KSH, {
      opened_at: minutesAgo(9),
      status: 'paid_cash',
      state: 'settled',
      paid: 1000 * KSH,
      left: 0,
      tenders: [cash(1000, 1200)],
    }),
    saleView(90 * KSH, {
      opened_at: minutesAgo(15),
      status: 'code_not_confirmed',
      state: 'settled',
      proof: 'not_confirmed',
      paid: 90 * KSH,
      left: 0,
      tenders: [
        {
          ...tender(90 * KSH),
          proof: 'not_confirmed',
          kind: 'code',
          receipt: 'UKN2P7RT1A',
          read_from: 'customer_phone',
          confirmed: false,
        },
      ],
    }),
    pushed(
      2400,
      '0700555512',
      'paid',
      { state: 'paid', receipt: 'UKN1Z0PL4K' },
      {
        opened_at: minutesAgo(23),
        tenders: [
          cash(400, 400),
          pushTender(2000 * KSH, pushView('0700555512', { state: 'paid', receipt: 'UKN1Z0PL4K' })),
        ],
      },
    ),
    pushed(150, '0712000238', 'paid', { state: 'paid', receipt: null }, { opened_at: minutesAgo(32) }),
    saleView(60 * KSH, {
      opened_at: minutesAgo(37),
      status: 'paid_cash',
      state: 'settled',
      paid: 60 * KSH,
      left: 0,
      tenders: [cash(60, 60)],
    }),
  ];
}

export function onCounter(fake: Fake, sale: SaleView, change: Partial<Draft> = {}): void {
  fake.sales = [sale, ...fake.sales];
  fake.draft = draft({ mode: 'sale', sale_id: sale.id, ...change });
}

export function failed(reason: Reason): SaleView {
  return pushed(1250, '0712345678', 'not_paid', { state: 'failed', reason, waited_s: 14 });
}

/** Presses what bears this name, after so many milliseconds; the first of them unless told. */
export function press(testid: string, afterMs: number, which = 0): void {
  setTimeout(
    () => document.querySelectorAll<HTMLElement>(`[data-testid=${testid}]`)[which]?.click(),
    afterMs,
  );
}

/** Presses one after the other, each when the screen before it is there. */
export function open(...testids: string[]): void {
  testids.forEach((testid, n) => press(testid, 500 * (n + 1)));
}
