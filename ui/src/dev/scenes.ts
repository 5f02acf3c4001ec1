/** Every state worth a picture: `/dev.html?scene=asking&theme=dark&locale=sw&text=large`. */
import { Fake, LINK, matter, pushTender, pushView, saleView } from '../ipc/fake';
import type {
  DoctorView,
  Finding,
  Interaction,
  InteractionAnswer,
  InteractionKind,
  PushView,
  Reason,
  SaleView,
  Step,
  TenderView,
  WitnessView,
} from '../ipc/types';
import doctorView from './doctor.json';
import { cash, day, draft, KSH, minutesAgo, onCounter, paidByHand, pushed, toTill } from './samples';

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
    fake.link = { ...LINK, online: false };
    fake.draft = draft({ amount: '1250', phone: '0712 345 678' });
  },
  skew: (fake) => (fake.link = { ...LINK, clock_skew_s: 90_000 }),
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
        tenders: [toTill(730, '126', 0.6)],
      }),
    ),
  tillpart: (fake) =>
    onCounter(
      fake,
      saleView(730 * KSH, {
        status: 'waiting_till',
        paid: 700 * KSH,
        left: 30 * KSH,
        tenders: [paidByHand(700), toTill(30, '126', 0.2)],
      }),
    ),
  paybill: (fake) => {
    fake.app = { ...fake.app, kind: 'paybill', pay_number: '174379' };
    onCounter(fake, saleView(730 * KSH, { status: 'waiting_till', tenders: [toTill(730, null, 0.6)] }));
  },
  toomuch: (fake) =>
    onCounter(
      fake,
      saleView(730 * KSH, {
        status: 'paid',
        state: 'settled',
        proof: 'proved',
        paid: 780 * KSH,
        left: 0,
        tenders: [paidByHand(780)],
        matters: [matter('too_much', 50 * KSH)],
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
  slow: (fake) => {
    fake.link = { ...LINK, prompts_slow: true };
    fake.draft = draft({ amount: '1250' });
  },
  slowphone: (fake) => {
    fake.link = { ...LINK, prompts_slow: true };
    fake.draft = draft({ amount: '1250', phone: '0712 345 678' });
  },
  slowfailed: (fake) => {
    fake.link = { ...LINK, prompts_slow: true };
    onCounter(fake, failed('no_answer'));
  },
  doubt: (fake) => (fake.link = { ...LINK, clock_behind: new Date(Date.now() + 3 * 864e5).toISOString() }),
  money: (fake) => money(fake),
  whose: (fake) => money(fake, 2),
  pulling: (fake) =>
    onCounter(
      fake,
      unknown(
        { can_ask: false, pull_can_tell: true, reason: 'connection_lost' },
        { can_send: { answer: 'other_phone', push_id: 'x', wait_s: 48 } },
      ),
    ),
  judgeable: (fake) =>
    onCounter(fake, unknown({ ask_customer: true, judge: true, pull_can_tell: true, waited_s: 151 })),
  awaits: (fake) =>
    onCounter(
      fake,
      unknown(
        { state: 'awaits_statement', can_ask: false, judge: true, waited_s: 180_000 },
        { can_send: { answer: 'yes' } },
      ),
    ),
  again: (fake) => {
    const first = pushTender(1250 * KSH, pushView('0712345678', { state: 'unknown', reason: 'timeout' }));
    const paid = pushed(1250, '0722000126', 'paid', { state: 'paid' }, { do_not_pay_again: true });
    onCounter(fake, { ...paid, tenders: [first, ...paid.tenders] });
    setTimeout(() => document.querySelector<HTMLElement>('[data-testid=roll-line]')?.click(), 500);
  },
  history: (fake) => {
    fake.witnesses = said();
    setTimeout(() => {
      document.querySelectorAll<HTMLElement>('[data-testid=roll-line]')[2]?.click();
    }, 400);
    setTimeout(() => document.querySelector<HTMLElement>('[data-testid=history]')?.click(), 700);
  },
  parts: (fake) => {
    fake.sales[6] = { ...(fake.sales[6] as SaleView), proof: 'proved', time_unsure: true };
    setTimeout(() => document.querySelectorAll<HTMLElement>('[data-testid=roll-line]')[6]?.click(), 500);
  },
  unproved: () => {
    setTimeout(() => document.querySelectorAll<HTMLElement>('[data-testid=roll-line]')[7]?.click(), 500);
  },
  another: (fake) => {
    fake.sales[5] = { ...(fake.sales[5] as SaleView), matters: [matter('code_of_another', 90 * KSH)] };
    setTimeout(() => document.querySelectorAll<HTMLElement>('[data-testid=roll-line]')[5]?.click(), 500);
  },
  perhaps: (fake) => {
    fake.sales[5] = {
      ...(fake.sales[5] as SaleView),
      matters: [matter('perhaps_code_of_another', 90 * KSH)],
    };
    setTimeout(() => document.querySelectorAll<HTMLElement>('[data-testid=roll-line]')[5]?.click(), 500);
  },
  reversed: (fake) => {
    fake.sales[6] = { ...(fake.sales[6] as SaleView), matters: [matter('reversed_after_sale', 700 * KSH)] };
    setTimeout(() => document.querySelectorAll<HTMLElement>('[data-testid=roll-line]')[6]?.click(), 500);
  },
  nolist: (fake) => (fake.link = { ...LINK, pull: { on: false, read_at: null, seen_to: null } }),
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
  doctor: (fake) => {
    examined(fake);
    open('nav-settings', 'set-doctor', 'doctor-start');
  },
  doctoridle: (fake) => {
    examined(fake);
    open('nav-settings', 'set-doctor');
  },
  doctorfix: (fake) => {
    examined(fake);
    fake.doctorSteps.push = finding('push', 'fix', [
      'Safaricom took the prompt and then ended it: the numbers do not belong together (2028, SFC_IC0003). For a till type the store number of the go-live e-mail and the till number of the sticker; for a paybill choose Paybill.',
      'Safaricom ilipokea ombi kisha ikalimaliza: nambari haziendani (2028, SFC_IC0003). Kwa till andika nambari ya store ya barua pepe ya go-live na nambari ya till ya stika; kwa paybill chagua Paybill.',
    ]);
    delete fake.doctorSteps.pull;
    open('nav-settings', 'set-doctor', 'doctor-start');
  },
  addresses: (fake) => {
    examined(fake);
    open('nav-settings', 'set-addresses');
    setTimeout(() => {
      const field = document.querySelector<HTMLInputElement>('[data-testid=address-confirmation]');
      if (field === null) return;
      field.value = 'https://duka.example/mpesa/in';
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }, 2_000);
  },
  closing: (fake) => {
    onCounter(fake, pushed(1250, '0712345678', 'waiting', { waited_s: 9 }));
    setTimeout(() => fake.emit('close-asked', { under_way: [fake.sales[0], fake.sales[2]] }), 500);
  },
};

function finding(step: Step, mark: Finding['mark'], [en, sw]: [string, string]): Finding {
  return { step, mark, outcome: 'x', words: { en, sw }, goes_on: true, push_id: null };
}

/** What a well practice shop finds. The screen's own words are the shell's, compared by a test. */
function examined(fake: Fake): void {
  fake.doctor = doctorView as DoctorView;
  const well: [Step, Finding['mark'], [string, string]][] = [
    ['keys', 'good', ['Consumer key, consumer secret and passkey are here.', 'Funguo zote zipo hapa.']],
    [
      'token',
      'good',
      ['Safaricom accepts consumer key and secret.', 'Safaricom inakubali consumer key na secret.'],
    ],
    [
      'push',
      'good',
      ['KSh 1 was paid: number, passkey and till belong together.', 'KSh 1 imelipwa: nambari zinaendana.'],
    ],
    [
      'notice',
      'neutral',
      [
        'No relay: Keshia asks Safaricom instead; nothing to do.',
        'Hakuna relay: Keshia inauliza Safaricom yenyewe; hakuna la kufanya.',
      ],
    ],
    ['c2b', 'good', ['A played customer’s payment was taken.', 'Malipo ya mteja wa mchezo yamepokelewa.']],
    ['pull', 'good', ['The list can be read; its first page shows 3 payments.', 'Orodha inasomeka.']],
  ];
  for (const [step, mark, words] of well) fake.doctorSteps[step] = finding(step, mark, words);
}

/** Presses one after the other, each when the screen before it is there. */
function open(...testids: string[]): void {
  testids.forEach((testid, n) => {
    const press = (): void => document.querySelector<HTMLElement>(`[data-testid=${testid}]`)?.click();
    setTimeout(press, 500 * (n + 1));
  });
}

function said(): WitnessView[] {
  const one = (told_by: string, word: string, receipt: string | null = null): WitnessView => ({
    at: minutesAgo(4),
    told_by,
    word,
    receipt,
    amount: receipt === null ? null : 350 * KSH,
  });
  return [
    one('answer', 'accepted'),
    one('query', 'failed: cancelled'),
    one('query', 'paid'),
    one('pull', 'money in', 'UKN3X8QW2E'),
    one('money_in', 'paid', 'UKN3X8QW2E'),
  ];
}

function money(fake: Fake, offers = 1): void {
  fake.moneyIn = [
    {
      receipt: 'UKN4C7PQ1X',
      amount: 480 * KSH,
      at: minutesAgo(1),
      digits: '981',
      first_name: 'JANE',
      offers: fake.sales.slice(0, offers).map(({ id, reference }) => ({ sale_id: id, reference })),
      hint: false,
    },
    ...[120, 65, 900, 40].map((amount, n) => ({
      receipt: `UKN4A${n}PQ1X`,
      amount: amount * KSH,
      at: minutesAgo(12 * (n + 1) + 5),
      digits: `${n}4${n}`,
      first_name: n === 0 ? 'WANGARI' : null,
      offers: [],
      hint: false,
    })),
  ];
}

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
