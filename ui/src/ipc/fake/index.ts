/**
 * A stand-in for the shell, for tests and for the drawing board: never in the shipped window.
 *
 * It follows the contract closely enough that every state of the counter can be looked at; it is
 * no witness about the till's rules. A command is answered by the file of `answers` that names it.
 */
import type { Transport } from '../transport';
import type {
  AppState,
  CustomerView,
  DayReport,
  DebtLineView,
  DeskView,
  DoctorView,
  Draft,
  Finding,
  Interaction,
  KnownCustomer,
  LinkView,
  MoneyInView,
  Outcome,
  PrinterView,
  Printing,
  Problem,
  PushView,
  Reason,
  RelaySettings,
  SaleStatus,
  SaleView,
  Step,
  WitnessView,
} from '../types';
import type { Answers } from './answer';
import { APP, LINK } from './views';
import { emptyTill, type TillBook } from './till';

export * from './views';

const ANSWERS: Answers = Object.assign(
  {},
  ...Object.values(import.meta.glob<Answers>('./answers/*.ts', { eager: true, import: 'default' })),
);

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
  desk: DeskView = {
    locked: false,
    person: null,
    passphrase_s: 0,
    may: [],
    auto_lock_min: 5,
    people: [],
  };
  /** The set-up doctor, and what each of its steps finds; one that is missing takes for ever. */
  doctor: DoctorView | null = null;
  doctorSteps: Partial<Record<Step, Finding>> = {};
  /** The drawers and the closes. */
  till: TillBook = emptyTill();
  /** What the day's sums say beside what the sales make of them. */
  day: Partial<DayReport> = {};
  safaricomsCode: string | null = null;
  customer: CustomerView | null = null;
  customers: KnownCustomer[] = [];
  debts: Record<string, DebtLineView[]> = {};
  printing: Printing = {
    place: null,
    roll: 'wide',
    code_page: 'pc437',
    automatic: false,
    drawer: false,
    language: 'en',
    kra_pin: '',
    address: '',
    footer: '',
    vat: null,
  };
  printer: PrinterView = { set: false, trouble: null, waiting: 0, not_printed: 0 };
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
    return (ANSWERS[command]?.(this, args as never) ?? null) as T;
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
}
