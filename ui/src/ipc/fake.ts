/**
 * A stand-in for the shell, for tests and for the drawing board: never in the shipped window.
 *
 * It follows the contract closely enough that every state of the counter can be looked at; it is
 * no witness about the till's rules.
 */
import { SQUARES } from '../dev/squares';
import { needsLook } from '../logic/status';
import { day as shopDay } from '../logic/time';
import type { Transport } from './transport';
import type {
  AppState,
  CodeWarning,
  DayView,
  DoctorView,
  Draft,
  Finding,
  Interaction,
  LinkView,
  MatterView,
  Money,
  MoneyInView,
  Outcome,
  Problem,
  Proof,
  PushView,
  Reason,
  RelaySettings,
  ReadFrom,
  SaleStatus,
  SaleView,
  Settings,
  Step,
  TenderView,
  TillOwner,
  WitnessView,
} from './types';

export const SETTINGS: Settings = {
  locale: 'en',
  theme: 'light',
  text_size: 'normal',
  sounds: false,
  shop_name: 'Mama Njeri Stores',
  pay_number: null,
};

export const APP: AppState = {
  door: 'open',
  mode: 'live',
  shop_name: 'Mama Njeri Stores',
  counter: '1',
  kind: 'till',
  pay_number: '123456',
  environment: 'production',
  address: null,
  key_storage: 'keyring',
  connected: true,
  settings: SETTINGS,
  version: '0.1.0',
  problem: null,
};

export const LINK: LinkView = {
  online: true,
  clock_skew_s: null,
  clock_behind: null,
  prompts_slow: false,
  pull: { on: true, read_at: new Date().toISOString(), seen_to: new Date().toISOString() },
  relay: null,
};

const FORBIDDEN = {
  en: 'Safaricom refuses an address with “mpesa” in it: choose another path or name.',
  sw: 'Safaricom inakataa anwani yenye “mpesa” ndani yake: chagua njia au jina lingine.',
};

type PushTender = TenderView & { kind: 'push' };

let ids = 0;
const id = (): string => `id-${++ids}`;

export function pushView(phone: string, change: Partial<PushView> = {}): PushView {
  const digits = phone.replace(/\D/g, '');
  return {
    push_id: id(),
    phone: `${digits.slice(0, 4)} ${digits.slice(4, 7)} ${digits.slice(7)}`,
    phone_masked: `··${digits.slice(-3)}`,
    state: 'prompted',
    reason: null,
    told_by: null,
    blocks: true,
    sent_at: new Date().toISOString(),
    accepted_at: new Date().toISOString(),
    ended_at: null,
    waited_s: 0,
    asked_at: null,
    asked_times: 0,
    can_ask: true,
    ask_customer: false,
    judge: false,
    pull_can_tell: false,
    no_message: false,
    receipt: null,
    ...change,
  };
}

export function saleView(amount: Money, change: Partial<SaleView> = {}): SaleView {
  const at = new Date().toISOString();
  return {
    id: id(),
    reference: `1A${String(ids).padStart(4, '0')}K`,
    amount,
    paid: 0,
    left: amount,
    state: 'open',
    status: 'open',
    proof: 'none',
    opened_at: at,
    changed_at: at,
    tenders: [],
    can_send: { answer: 'yes' },
    can_void: true,
    matters: [],
    do_not_pay_again: false,
    time_unsure: false,
    ...change,
  };
}

/** What every tender has. */
/** The sale, waiting for a payment by hand. */
export function waitsForTill(sale: SaleView, digits: string | null = null): SaleView {
  const waits: TenderView = {
    ...tender(sale.left),
    kind: 'to_till',
    checking: false,
    digits,
    waiting: true,
    receipt: null,
  };
  return { ...sale, tenders: [...sale.tenders, waits], status: 'waiting_till' };
}

export function tender(amount: Money): {
  id: string;
  amount: Money;
  opened_at: string;
  proof: Proof;
  why: null;
} {
  return { id: id(), amount, opened_at: new Date().toISOString(), proof: 'none', why: null };
}

export function pushTender(amount: Money, push: PushView): PushTender {
  const proof = push.state !== 'paid' ? 'none' : push.receipt === null ? 'not_proved' : 'proved';
  return { ...tender(amount), proof, kind: 'push', ...push };
}

export function matter(kind: MatterView['kind'], amount: Money): MatterView {
  return { id: id(), kind, amount, opened_at: new Date().toISOString() };
}

/** How a known phone behaves, as in the simulator. */
interface Ending {
  state: PushView['state'];
  reason: Reason | null;
  afterMs: number;
}

function endingOf(phone: string): Ending | null {
  switch (phone.slice(-2)) {
    case '00':
      return { state: 'paid', reason: null, afterMs: 1_000 };
    case '01':
      return { state: 'failed', reason: 'no_balance', afterMs: 1_000 };
    case '20':
      return { state: 'failed', reason: 'wrong_pin', afterMs: 1_500 };
    case '32':
      return { state: 'failed', reason: 'cancelled', afterMs: 1_000 };
    case '99':
      return { state: 'unknown', reason: 'timeout', afterMs: 500 };
    default:
      return null;
  }
}

export class Fake implements Transport {
  app: AppState;
  sales: SaleView[] = [];
  draft: Draft | null = null;
  link: LinkView = LINK;
  moneyIn: MoneyInView[] = [];
  witnesses: WitnessView[] = [];
  interactions: Interaction[] = [];
  relay: RelaySettings = {
    address: null,
    ready: false,
    confirmation: 'https://relay.example/h/7c1f/c2b/confirmation',
    validation: 'https://relay.example/h/7c1f/c2b/validation',
    strange: 0,
    set_aside: 0,
    missed: 0,
    sharing: 'alone',
    told_limit: 10_000_00,
  };
  /** The set-up doctor, and what each of its steps finds; one that is missing takes for ever. */
  doctor: DoctorView | null = null;
  doctorSteps: Partial<Record<Step, Finding>> = {};
  safaricomsCode: string | null = null;
  /** Refuse the next call of a command. */
  readonly refusals = new Map<string, Problem>();
  /** Every call, in order. */
  readonly calls: { command: string; args: Record<string, unknown> }[] = [];
  /** Ends pushes by themselves; off in tests, which end them by hand. */
  alive = false;
  private readonly ears = new Map<string, Set<(payload: never) => void>>();

  constructor(app: Partial<AppState> = {}) {
    this.app = { ...APP, ...app };
  }

  async listen<T>(event: string, heard: (payload: T) => void): Promise<() => void> {
    const ears = this.ears.get(event) ?? new Set();
    this.ears.set(event, ears);
    ears.add(heard);
    return () => ears.delete(heard);
  }

  emit(event: string, payload: unknown): void {
    for (const heard of this.ears.get(event) ?? []) heard(payload as never);
  }

  async invoke<T>(command: string, args: Record<string, unknown> = {}): Promise<T> {
    this.calls.push({ command, args });
    const refusal = this.refusals.get(command);
    if (refusal !== undefined) {
      this.refusals.delete(command);
      throw refusal;
    }
    return this.answer(command, args as never) as T;
  }

  /** Puts a sale in the book and tells the window. */
  put(sale: SaleView): SaleView {
    const changed = { ...sale, changed_at: new Date().toISOString() };
    this.sales = [changed, ...this.sales.filter((other) => other.id !== sale.id)];
    this.sales.sort((a, b) => b.opened_at.localeCompare(a.opened_at));
    this.emit('sale-changed', changed);
    return changed;
  }

  /** The customer's phone has spoken. */
  end(saleId: string, pushId: string, state: PushView['state'], reason: Reason | null): void {
    const sale = this.sale(saleId);
    const tenders = sale.tenders.map((tender) =>
      tender.kind === 'push' && tender.push_id === pushId
        ? { ...tender, state, reason, blocks: state === 'unknown', ended_at: new Date().toISOString() }
        : tender,
    );
    const paid = state === 'paid' ? sale.left : 0;
    const status: SaleStatus = state === 'paid' ? 'paid' : state === 'unknown' ? 'not_known' : 'not_paid';
    const after = this.put({
      ...sale,
      tenders,
      status,
      paid: sale.paid + paid,
      left: sale.left - paid,
      state: state === 'paid' ? 'settled' : 'open',
      proof: state === 'paid' ? 'not_proved' : 'none',
      can_send:
        state === 'unknown' ? { answer: 'other_phone', push_id: pushId, wait_s: 48 } : { answer: 'yes' },
    });
    const outcome: Outcome = state === 'paid' ? 'paid' : state === 'unknown' ? 'look' : 'not_paid';
    this.emit('payment-ended', { sale: after, pushId, outcome });
  }

  sale(saleId: string): SaleView {
    const sale = this.sales.find((other) => other.id === saleId);
    if (sale === undefined) throw { code: 'not_found', message: saleId } satisfies Problem;
    return sale;
  }

  private saleOr(saleId: string | null, amount: Money): SaleView {
    return saleId === null ? saleView(amount) : this.sale(saleId);
  }

  private settle(sale: SaleView, tender: TenderView, status: SaleStatus, proof: Proof): SaleView {
    const left = sale.left - tender.amount;
    return this.put({
      ...sale,
      tenders: [...sale.tenders, tender],
      paid: sale.paid + tender.amount,
      left,
      state: left === 0 ? 'settled' : 'open',
      status: left === 0 ? status : 'open',
      proof: left === 0 ? proof : 'none',
      can_void: false,
    });
  }

  private dayView(day: string): DayView {
    const settled = this.sales.filter((sale) => sale.state === 'settled');
    const sum = (of: (part: TenderView) => boolean): Money =>
      settled
        .flatMap((sale) => sale.tenders)
        .filter(of)
        .reduce((cents, part) => cents + part.amount, 0);
    return {
      day,
      settled: settled.length,
      taken: sum(() => true),
      cash: sum((part) => part.kind === 'cash'),
      mpesa_proved: sum((part) => part.kind !== 'cash' && part.proof === 'proved'),
      mpesa_not_proved: sum((part) => part.kind !== 'cash' && part.proof !== 'proved'),
      refund_due: 0,
      reversed: 0,
      to_look_at: this.sales.filter(needsLook).length,
      matters: 0,
      words: [
        {
          at: new Date().toISOString(),
          reference: '1A0007K',
          amount: 120_00,
          direction: 'not_paid',
          reason: 'left the shop',
        },
      ],
      holes: [],
    };
  }

  private answer(command: string, args: Args): unknown {
    switch (command) {
      case 'app_state':
        return this.app;
      case 'choose_practice':
        return (this.app = {
          ...this.app,
          door: 'open',
          mode: 'practice',
          environment: 'practice',
          key_storage: 'practice',
        });
      case 'start_today':
        return (this.app = {
          ...this.app,
          door: 'open',
          mode: 'today',
          connected: false,
          shop_name: args.form['shop_name'] ?? '',
          pay_number: args.form['till_number'] ?? null,
        });
      case 'connect':
        return (this.app = {
          ...this.app,
          door: 'open',
          mode: 'live',
          connected: true,
          shop_name: args.form['shop_name'] ?? '',
        });
      case 'leave_practice':
        return (this.app = { ...this.app, door: 'first_start' });
      case 'save_settings':
        return (this.app = { ...this.app, settings: args.settings, shop_name: args.settings.shop_name });
      case 'test_connection':
        return { ok: true, code: 'ok', message: '', clock_skew_s: null };
      case 'day':
        return this.dayView(args.day ?? shopDay(Date.now()));
      case 'roll':
        return {
          sales: this.sales,
          more: false,
          draft: this.draft,
          money_in: this.moneyIn,
          to_look_at: this.sales.filter(
            (s) => s.matters.length > 0 || s.status === 'not_known' || s.status === 'code_not_confirmed',
          ).length,
          link: this.link,
        };
      case 'sale':
        return this.sale(args.saleId ?? '');
      case 'start_push':
        return this.startPush(this.saleOr(args.saleId, args.amount), args.amount, args.phone);
      case 'take_cash':
        return this.takeCash(this.saleOr(args.saleId, args.amount), args.tendered);
      case 'check_code':
        return this.checkCode(args.code);
      case 'take_code':
        return this.settle(
          this.saleOr(args.saleId, args.amount),
          {
            ...tender(args.amount),
            proof: 'not_confirmed',
            kind: 'code',
            receipt: args.code,
            read_from: args.readFrom,
            confirmed: false,
          },
          'code_not_confirmed',
          'not_confirmed',
        );
      case 'wait_for_till':
        return this.put(waitsForTill(this.saleOr(args.saleId, args.amount), args.digits));
      case 'void_sale':
        return this.put({
          ...this.sale(args.saleId ?? ''),
          state: 'voided',
          status: 'voided',
          can_send: { answer: 'ended' },
          can_void: false,
        });
      case 'no_message':
        return this.noMessage(args.pushId);
      case 'ask_now':
        return this.sales[0];
      case 'judge':
        return this.judge(args.pushId, args.paid);
      case 'witnesses':
        return this.witnesses;
      case 'place_money':
        return this.placeMoney(args.receipt, args.saleId ?? '');
      case 'pay_code':
        return this.app.pay_number === null ? null : SQUARES;
      case 'safaricoms_code':
        return this.safaricomsCode;
      case 'sale_of_money':
        return this.saleOfMoney(args.receipt);
      case 'confirm_clock':
        this.link = { ...this.link, clock_behind: null };
        this.emit('link-changed', this.link);
        return null;
      case 'doctor':
        return this.doctor;
      case 'doctor_step':
        return this.doctorSteps[args.step] ?? new Promise(() => undefined);
      case 'till_owner':
        return { ...(this.doctor as DoctorView).list, owner: args.owner };
      case 'address_trouble':
        return args.url.includes('mpesa') ? FORBIDDEN : null;
      case 'interactions':
        return this.interactions.filter((row) => args.before === null || row.seq < args.before);
      case 'export_interactions':
        return '/home/njeri/.local/share/ke.keshia.till/exports/keshia-safaricom-20261123-143302.jsonl';
      case 'save_draft':
        this.draft = args.draft;
        return null;
      case 'relay_settings':
      case 'set_counters':
        return this.relay;
      case 'pair_relay':
        this.relay = { ...this.relay, address: 'https://relay.example', ready: true };
        return this.relay;
      case 'unpair_relay':
        this.relay = { ...this.relay, address: null, ready: false };
        return this.relay;
      case 'make_owners_page':
        return { address: 'https://relay.example/day/4f2a#k7', code: null };
      case 'pair_counter':
        return {
          line: `keshia-pair https://relay.example ${'4f'.repeat(32)} ${'a7'.repeat(32)}`,
          expires_ms: 0,
        };
      default:
        return null;
    }
  }

  private startPush(sale: SaleView, amount: Money, phone: string): SaleView {
    const push = pushView(phone);
    const after = this.put({
      ...sale,
      tenders: [...sale.tenders, pushTender(amount, push)],
      status: 'waiting',
      can_send: { answer: 'other_phone', push_id: push.push_id, wait_s: null },
      can_void: false,
    });
    const ending = endingOf(phone.replace(/\D/g, ''));
    if (this.alive && ending !== null) {
      setTimeout(() => this.end(after.id, push.push_id, ending.state, ending.reason), ending.afterMs);
    }
    return after;
  }

  private takeCash(sale: SaleView, tendered: Money): { sale: SaleView; change: Money } {
    const amount = Math.min(tendered, sale.left);
    const change = tendered - amount;
    const cash: TenderView = { ...tender(amount), kind: 'cash', tendered, change };
    return { sale: this.settle(sale, cash, 'paid_cash', 'none'), change };
  }

  private checkCode(code: string): { receipt: string | null; warnings: CodeWarning[] } {
    const receipt = /^[A-Z0-9]{10}$/.test(code) ? code : null;
    if (receipt === null) return { receipt, warnings: [{ kind: 'shape' }] };
    if (receipt.startsWith('SKC')) return { receipt, warnings: [{ kind: 'old', date: '2024-11-12' }] };
    if (receipt.endsWith('USED'))
      return { receipt, warnings: [{ kind: 'used', reference: '1A0004K', at: new Date().toISOString() }] };
    return { receipt, warnings: [] };
  }

  private ofPush(pushId: string): SaleView {
    const sale = this.sales.find((other) =>
      other.tenders.some((t) => t.kind === 'push' && t.push_id === pushId),
    );
    if (sale === undefined) throw { code: 'not_found', message: pushId } satisfies Problem;
    return sale;
  }

  private judge(pushId: string, paid: boolean): SaleView {
    const sale = this.ofPush(pushId);
    this.end(sale.id, pushId, paid ? 'paid' : 'failed', paid ? null : 'persons_word');
    return this.sale(sale.id);
  }

  private placeMoney(receipt: string, saleId: string): SaleView {
    const money = this.moneyIn.find((other) => other.receipt === receipt);
    if (money === undefined) throw { code: 'not_found', message: receipt } satisfies Problem;
    this.moneyIn = this.moneyIn.filter((other) => other.receipt !== receipt);
    const paid: TenderView = {
      ...tender(money.amount),
      proof: 'proved',
      why: null,
      kind: 'to_till',
      checking: false,
      digits: money.digits,
      waiting: false,
      receipt,
    };
    return this.settle(this.sale(saleId), paid, 'paid', 'proved');
  }

  private saleOfMoney(receipt: string): SaleView {
    const money = this.moneyIn.find((other) => other.receipt === receipt);
    const sale = this.put(saleView(money?.amount ?? 0, { status: 'open' }));
    return this.placeMoney(receipt, sale.id);
  }

  private noMessage(pushId: string): SaleView {
    const sale = this.ofPush(pushId);
    const tenders = sale.tenders.map((tender) =>
      tender.kind === 'push' && tender.push_id === pushId
        ? { ...tender, no_message: true, ask_customer: false, blocks: false }
        : tender,
    );
    return this.put({ ...sale, tenders, can_send: { answer: 'yes' } });
  }
}

interface Args {
  form: Record<string, string>;
  settings: Settings;
  draft: Draft;
  saleId: string | null;
  amount: Money;
  phone: string;
  tendered: Money;
  code: string;
  readFrom: ReadFrom;
  digits: string | null;
  pushId: string;
  paid: boolean;
  receipt: string;
  step: Step;
  owner: TillOwner;
  url: string;
  before: number | null;
  day: string | null;
}
