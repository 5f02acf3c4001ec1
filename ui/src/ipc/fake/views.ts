/** Sales, parts and settings as the shell would describe them. */
import type {
  AppState,
  LinkView,
  MatterView,
  Money,
  Proof,
  PushView,
  SaleView,
  Settings,
  TenderView,
} from '../types';

export const SETTINGS: Settings = {
  locale: 'en',
  theme: 'light',
  text_size: 'normal',
  sounds: false,
  volume: 'middle',
  customer_display: false,
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
    void_needs: (change.state ?? 'open') === 'open' ? 'void_sale' : null,
    refunded: 0,
    from_paper: false,
    debtor: null,
    pays_off: false,
    matters: [],
    do_not_pay_again: false,
    time_unsure: false,
    person: null,
    ...change,
  };
}

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

/** What every tender has. */
export function tender(amount: Money): {
  id: string;
  amount: Money;
  opened_at: string;
  proof: Proof;
  why: null;
  person: null;
} {
  return { id: id(), amount, opened_at: new Date().toISOString(), proof: 'none', why: null, person: null };
}

export function pushTender(amount: Money, push: PushView): PushTender {
  const proof = push.state !== 'paid' ? 'none' : push.receipt === null ? 'not_proved' : 'proved';
  return { ...tender(amount), proof, kind: 'push', ...push };
}

export function matter(kind: MatterView['kind'], amount: Money): MatterView {
  const opened_at = new Date().toISOString();
  const named = kind === 'code_of_another' || kind === 'perhaps_code_of_another';
  const other = named ? { reference: '1A0004K', amount, opened_at } : null;
  return { id: id(), kind, amount, opened_at, other };
}
