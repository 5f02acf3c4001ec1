/** Every state worth a picture: `/dev.html?scene=asking&theme=dark&locale=sw&text=large`. */
import { Fake, matter, pushTender, pushView, saleView } from '../ipc/fake';
import type {
  Draft,
  Interaction,
  InteractionAnswer,
  InteractionKind,
  PushView,
  Reason,
  SaleStatus,
  SaleView,
  TenderView,
} from '../ipc/types';

const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
const KSH = 100;

function draft(change: Partial<Draft>): Draft {
  return { amount: '', phone: '', cash: '', code: '', mode: 'entry', sale_id: null, ...change };
}

function pushed(
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
    ...sale,
  });
}

function cash(amount: number, tendered: number): TenderView {
  return {
    id: `cash-${amount}`,
    amount: amount * KSH,
    opened_at: minutesAgo(1),
    kind: 'cash',
    tendered: tendered * KSH,
    change: (tendered - amount) * KSH,
  };
}

function day(): SaleView[] {
  return [
    saleView(480 * KSH, {
      opened_at: minutesAgo(2),
      status: 'waiting_till',
      tenders: [
        {
          id: 't',
          amount: 480 * KSH,
          opened_at: minutesAgo(2),
          kind: 'to_till',
          digits: '981',
          waiting: true,
        },
      ],
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
          id: 'c',
          amount: 90 * KSH,
          opened_at: minutesAgo(15),
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

function interactions(): Interaction[] {
  const row = (seq: number, kind: InteractionKind, answer: InteractionAnswer, ms: number): Interaction => ({
    seq,
    at: minutesAgo(9 - seq),
    duration_ms: ms,
    kind,
    answer,
    host: 'api.safaricom.co.ke',
    status: 200,
    code: '0',
  });
  return [
    row(6, 'push', { word: 'not_sent', reason: 'no_network' }, 12),
    row(5, 'question', { word: 'paid' }, 611),
    row(4, 'question', { word: 'pending' }, 540),
    row(3, 'push', { word: 'accepted' }, 1_312),
    row(2, 'token', { word: 'accepted' }, 380),
    row(1, 'question', { word: 'ended', reason: 'cancelled' }, 702),
  ];
}

function failed(reason: Reason): SaleView {
  return pushed(1250, '0712345678', 'not_paid', { state: 'failed', reason, waited_s: 14 });
}

function onCounter(fake: Fake, sale: SaleView, change: Partial<Draft> = {}): void {
  fake.sales = [sale, ...fake.sales];
  fake.draft = draft({ mode: 'sale', sale_id: sale.id, ...change });
}

const unknown = (change: Partial<PushView>, sale: Partial<SaleView> = {}): SaleView =>
  pushed(
    1250,
    '0712345678',
    'not_known',
    {
      state: 'unknown',
      reason: 'timeout',
      waited_s: 92,
      asked_at: minutesAgo(0.2),
      asked_times: 9,
      ...change,
    },
    sale,
  );

type Scene = (fake: Fake) => void;

export const scenes: Record<string, Scene> = {
  doors: (fake) => (fake.app = { ...fake.app, door: 'first_start' }),
  problem: (fake) =>
    (fake.app = {
      ...fake.app,
      problem: { code: 'database_newer', message: 'schema 7, this Keshia knows 3' },
    }),
  empty: (fake) => {
    fake.sales = [];
    fake.app = { ...fake.app, mode: 'practice', environment: 'practice', kind: 'till' };
  },
  elsewhere: (fake) => (fake.app = { ...fake.app, mode: 'elsewhere', address: 'http://127.0.0.1:4010' }),
  today: (fake) => (fake.app = { ...fake.app, mode: 'today', connected: false }),
  sell: (fake) => (fake.draft = draft({ amount: '650+3*200', phone: '0712 345 678' })),
  calculator: (fake) => (fake.draft = draft({ amount: '650+3*200' })),
  unfinished: (fake) => (fake.draft = draft({ amount: '120+' })),
  digits: (fake) => (fake.draft = draft({ amount: '730', phone: '126' })),
  offline: (fake) => {
    fake.link = { online: false, clock_skew_s: null };
    fake.draft = draft({ amount: '1250', phone: '0712 345 678' });
  },
  skew: (fake) => (fake.link = { online: true, clock_skew_s: 90_000 }),
  cash: (fake) => (fake.draft = draft({ amount: '1250', cash: '2000', mode: 'cash' })),
  part: (fake) => (fake.draft = draft({ amount: '1250', cash: '500', mode: 'cash' })),
  rest: (fake) =>
    onCounter(
      fake,
      saleView(1250 * KSH, { paid: 500 * KSH, left: 750 * KSH, tenders: [cash(500, 500)], can_void: false }),
    ),
  code: (fake) => (fake.draft = draft({ amount: '1250', code: 'UKN4B2QX7Z', mode: 'code' })),
  oldcode: (fake) => (fake.draft = draft({ amount: '1250', code: 'SKC4B2QX7Z', mode: 'code' })),
  usedcode: (fake) => (fake.draft = draft({ amount: '1250', code: 'UKN4B2USED', mode: 'code' })),
  sending: (fake) =>
    onCounter(
      fake,
      pushed(1250, '0712345678', 'sending', { state: 'sending', accepted_at: null, waited_s: 1 }),
    ),
  asking: (fake) => onCounter(fake, pushed(1250, '0712345678', 'waiting', { waited_s: 9 })),
  wrong: (fake) =>
    onCounter(fake, pushed(1250, '0712345678', 'waiting', { waited_s: 20 }), {
      mode: 'entry',
      phone: '0722',
    }),
  till: (fake) =>
    onCounter(
      fake,
      saleView(730 * KSH, {
        status: 'waiting_till',
        tenders: [
          {
            id: 't',
            amount: 730 * KSH,
            opened_at: minutesAgo(0.6),
            kind: 'to_till',
            digits: '126',
            waiting: true,
          },
        ],
      }),
    ),
  failed: (fake) => onCounter(fake, failed('cancelled')),
  pin: (fake) => onCounter(fake, failed('wrong_pin')),
  provisional: (fake) =>
    onCounter(
      fake,
      pushed(1250, '0712345678', 'failed_provisional', {
        state: 'failed_provisional',
        reason: 'cancelled',
        asked_at: minutesAgo(0.1),
        ask_customer: true,
      }),
    ),
  unknown: (fake) =>
    onCounter(fake, unknown({}, { can_send: { answer: 'other_phone', push_id: 'x', wait_s: 48 } })),
  ask: (fake) => onCounter(fake, unknown({ ask_customer: true, waited_s: 151 })),
  lost: (fake) =>
    onCounter(
      fake,
      unknown(
        { can_ask: false, reason: 'connection_lost' },
        { can_send: { answer: 'other_phone', push_id: 'x', wait_s: 48 } },
      ),
    ),
  said: (fake) =>
    onCounter(fake, unknown({ no_message: true, waited_s: 160 }, { can_send: { answer: 'yes' } })),
  paid: (fake) => {
    onCounter(fake, pushed(1250, '0712345678', 'waiting', { waited_s: 9 }));
    setTimeout(() => payFirst(fake), 700);
  },
  settled: (fake) => {
    onCounter(fake, pushed(1250, '0712345678', 'waiting', { waited_s: 9 }));
    setTimeout(() => payFirst(fake), 100);
  },
  change: (fake) => {
    fake.draft = draft({ amount: '1250', cash: '2000', mode: 'cash' });
    setTimeout(() => document.querySelector<HTMLElement>('[data-testid=primary]')?.click(), 500);
  },
  matter: (fake) => {
    fake.sales[2] = { ...(fake.sales[2] as SaleView), matters: [matter('refund_due', 350 * KSH)] };
    setTimeout(() => document.querySelectorAll<HTMLElement>('[data-testid=roll-line]')[2]?.click(), 500);
  },
  large: (fake) => {
    onCounter(fake, pushed(1250, '0712345678', 'waiting', { waited_s: 9 }));
    const parked = pushed(480, '0799000981', 'waiting', { waited_s: 40 }, { opened_at: minutesAgo(1) });
    fake.sales.push(parked);
    setTimeout(
      () => fake.end(parked.id, (parked.tenders[0] as unknown as PushView).push_id, 'paid', null),
      500,
    );
  },
  crowd: (fake) => {
    fake.sales = Array.from({ length: 200 }, (_, n) => ({
      ...(day()[n % 9] as SaleView),
      id: `crowd-${n}`,
      opened_at: minutesAgo(n * 3),
    }));
    fake.draft = draft({ amount: '999999999.99+1250*3/(4+5)+12' });
  },
  backup: (fake) => {
    setTimeout(() => fake.emit('backup-told', { code: 'disk_full', message: '' }), 500);
  },
  log: (fake) => {
    fake.interactions = interactions();
  },
  closing: (fake) => {
    onCounter(fake, pushed(1250, '0712345678', 'waiting', { waited_s: 9 }));
    setTimeout(() => fake.emit('close-asked', { under_way: [fake.sales[0], fake.sales[2]] }), 500);
  },
};

function payFirst(fake: Fake): void {
  const sale = fake.sales[0] as SaleView;
  const tender = sale.tenders[0] as TenderView & { kind: 'push' };
  const paid = {
    ...sale,
    tenders: [{ ...tender, state: 'paid' as const, receipt: 'UKN4B2QX7Z' }],
    status: 'paid' as const,
    state: 'settled' as const,
    paid: sale.amount,
    left: 0,
    proof: 'proved' as const,
    can_void: false,
  };
  fake.emit('payment-ended', { sale: fake.put(paid), pushId: tender.push_id, outcome: 'paid' });
}

export function stage(name: string): Fake {
  const fake = new Fake();
  fake.alive = true;
  fake.sales = day();
  scenes[name]?.(fake);
  return fake;
}
