/** What a cashier does with a sale. */
import type {
  CodeWarning,
  Money,
  Problem,
  Proof,
  PushView,
  Reason,
  SaleStatus,
  SaleView,
  TenderView,
} from '../../types';
import type { Answers } from '../answer';
import type { Fake } from '..';
import { pushTender, pushView, saleView, tender, waitsForTill } from '../views';

export default {
  start_push: (fake, args) =>
    startPush(fake, saleOr(fake, args.saleId, args.amount), args.amount, args.phone),
  prompt_regular: (fake, { saleId, amount, customerId }) => {
    const one = fake.customers.find((other) => other.id === customerId);
    const phone = `${one?.name ?? ''} ${one?.phone_masked ?? ''}`;
    return startPush(fake, saleOr(fake, saleId, amount), amount, phone);
  },
  send_again: (fake, { pushId }) => {
    const sale = ofPush(fake, pushId);
    const before = sale.tenders.find((tender) => tender.kind === 'push' && tender.push_id === pushId);
    return startPush(fake, sale, sale.left, before?.kind === 'push' ? before.phone : '');
  },
  take_cash: (fake, args) => takeCash(fake, saleOr(fake, args.saleId, args.amount), args.tendered),
  check_code: (_, { code }) => checkCode(code),
  take_code: (fake, args) =>
    settle(
      fake,
      saleOr(fake, args.saleId, args.amount),
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
    ),
  wait_for_till: (fake, args) => fake.put(waitsForTill(saleOr(fake, args.saleId, args.amount), args.digits)),
  void_sale: (fake, { saleId }) =>
    fake.put({
      ...fake.sale(saleId ?? ''),
      state: 'voided',
      status: 'voided',
      can_send: { answer: 'ended' },
      can_void: false,
      void_needs: null,
    }),
  no_message: (fake, { pushId }) => noMessage(fake, pushId),
  ask_now: (fake) => fake.sales[0],
  judge: (fake, { pushId, paid }) => judge(fake, pushId, paid),
  place_money: (fake, { receipt, saleId }) => placeMoney(fake, receipt, saleId ?? ''),
  sale_of_money: (fake, { receipt }) => {
    const money = fake.moneyIn.find((other) => other.receipt === receipt);
    const sale = fake.put(saleView(money?.amount ?? 0, { status: 'open' }));
    return placeMoney(fake, receipt, sale.id);
  },
} satisfies Answers;

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

function saleOr(fake: Fake, saleId: string | null, amount: Money): SaleView {
  return saleId === null ? saleView(amount) : fake.sale(saleId);
}

function settle(fake: Fake, sale: SaleView, tender: TenderView, status: SaleStatus, proof: Proof): SaleView {
  const left = sale.left - tender.amount;
  return fake.put({
    ...sale,
    tenders: [...sale.tenders, tender],
    paid: sale.paid + tender.amount,
    left,
    state: left === 0 ? 'settled' : 'open',
    status: left === 0 ? status : 'open',
    proof: left === 0 ? proof : 'none',
    can_void: false,
    void_needs: left === 0 ? null : 'void_taken',
  });
}

function startPush(fake: Fake, sale: SaleView, amount: Money, phone: string): SaleView {
  // A regular is shown by name.
  const push = pushView(phone, phone.includes('··') ? { phone } : {});
  const after = fake.put({
    ...sale,
    tenders: [...sale.tenders, pushTender(amount, push)],
    status: 'waiting',
    can_send: { answer: 'other_phone', push_id: push.push_id, wait_s: null },
    can_void: false,
    void_needs: 'void_live',
  });
  const ending = endingOf(phone.replace(/\D/g, ''));
  if (fake.alive && ending !== null) {
    setTimeout(() => fake.end(after.id, push.push_id, ending.state, ending.reason), ending.afterMs);
  }
  return after;
}

function takeCash(fake: Fake, sale: SaleView, tendered: Money): { sale: SaleView; change: Money } {
  const amount = Math.min(tendered, sale.left);
  const change = tendered - amount;
  const cash: TenderView = { ...tender(amount), kind: 'cash', tendered, change };
  return { sale: settle(fake, sale, cash, 'paid_cash', 'none'), change };
}

function checkCode(code: string): { receipt: string | null; warnings: CodeWarning[] } {
  const receipt = /^[A-Z0-9]{10}$/.test(code) ? code : null;
  if (receipt === null) return { receipt, warnings: [{ kind: 'shape' }] };
  if (receipt.startsWith('SKC')) return { receipt, warnings: [{ kind: 'old', date: '2024-11-12' }] };
  if (receipt.endsWith('USED')) {
    const at = new Date().toISOString();
    const sale = { reference: '1A0004K', amount: 50_000, opened_at: at };
    return { receipt, warnings: [{ kind: 'used', sale, at }] };
  }
  return { receipt, warnings: [] };
}

function ofPush(fake: Fake, pushId: string): SaleView {
  const sale = fake.sales.find((other) =>
    other.tenders.some((t) => t.kind === 'push' && t.push_id === pushId),
  );
  if (sale === undefined) throw { code: 'not_found', message: pushId } satisfies Problem;
  return sale;
}

function judge(fake: Fake, pushId: string, paid: boolean): SaleView {
  const sale = ofPush(fake, pushId);
  fake.end(sale.id, pushId, paid ? 'paid' : 'failed', paid ? null : 'persons_word');
  return fake.sale(sale.id);
}

function placeMoney(fake: Fake, receipt: string, saleId: string): SaleView {
  const money = fake.moneyIn.find((other) => other.receipt === receipt);
  if (money === undefined) throw { code: 'not_found', message: receipt } satisfies Problem;
  fake.moneyIn = fake.moneyIn.filter((other) => other.receipt !== receipt);
  const paid: TenderView = {
    ...tender(money.amount),
    proof: 'proved',
    why: null,
    person: null,
    kind: 'to_till',
    checking: false,
    digits: money.digits,
    waiting: false,
    receipt,
  };
  return settle(fake, fake.sale(saleId), paid, 'paid', 'proved');
}

function noMessage(fake: Fake, pushId: string): SaleView {
  const sale = ofPush(fake, pushId);
  const tenders = sale.tenders.map((tender) =>
    tender.kind === 'push' && tender.push_id === pushId
      ? { ...tender, no_message: true, ask_customer: false, blocks: false }
      : tender,
  );
  return fake.put({ ...sale, tenders, can_send: { answer: 'yes' } });
}
