/** Who may pay later, and what they owe. */
import type { KnownCustomer, Problem, SaleView, TenderView } from '../../types';
import type { Answers } from '../answer';
import type { Fake } from '..';
import { saleView, tender } from '../views';

export default {
  customers: (fake) => fake.customers,
  find_customers: (fake, { typed }) => find(fake, typed),
  regulars: (fake, { typed }) => fake.customers.filter((one) => one.phone_masked.endsWith(typed)),
  debt_statement: (fake, { customerId }) => ({
    customer: known(fake, customerId),
    lines: fake.debts[customerId] ?? [],
  }),
  customer_phone: () => '0712 345 678',
  add_customer: (fake, { form }) => {
    const added = customerView(form['name'] ?? '', { phone_masked: `··${(form['phone'] ?? '').slice(-3)}` });
    fake.customers = [...fake.customers, added];
    return added;
  },
  change_customer: (fake, { customerId, form }) => ({ ...known(fake, customerId), name: form['name'] }),
  give_credit: (fake, { saleId, amount, customerId, part }) =>
    give(
      fake,
      saleId === null ? saleView(amount) : fake.sale(saleId),
      known(fake, customerId),
      part ?? amount,
    ),
  pay_off: (fake, { customerId, amount }) => {
    const { id, name } = known(fake, customerId);
    return fake.put(saleView(amount, { pays_off: true, debtor: { id, name } }));
  },
  export_customer: () => ({ path: '/home/njeri/.local/share/keshia/customers/customer-1.txt', days: 30 }),
  print_statement: () => null,
  save_statement: () => ({ path: '/home/njeri/.local/share/keshia/customers/customer-1.pdf', days: 30 }),
  erase_customer: (fake, { customerId }) => {
    fake.customers = fake.customers.filter((one) => one.id !== customerId);
    return null;
  },
  write_off: (fake, { customerId, amount }) => owes(fake, known(fake, customerId), -amount),
} satisfies Answers;

export function customerView(name: string, change: Partial<KnownCustomer> = {}): KnownCustomer {
  return {
    id: `customer-${name}`,
    name,
    phone_masked: '··678',
    limit: 3_000_00,
    owed: 0,
    room: 3_000_00,
    under_way: 0,
    agreed_at: '2026-11-02T09:12:00Z',
    agreed_with: null,
    ...change,
  };
}

function find(fake: Fake, typed: string): KnownCustomer[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted.length < 2) return [];
  const fits = (one: KnownCustomer): boolean =>
    one.phone_masked.endsWith(wanted) || one.name.toLowerCase().includes(wanted);
  return fake.customers.filter(fits);
}

function known(fake: Fake, id: string): KnownCustomer {
  const one = fake.customers.find((other) => other.id === id);
  if (one === undefined) throw { code: 'not_found', message: id } satisfies Problem;
  return one;
}

function owes(fake: Fake, one: KnownCustomer, more: number): KnownCustomer {
  const owed = one.owed + more;
  const after = { ...one, owed, room: Math.max(0, one.limit - owed) };
  fake.customers = fake.customers.map((other) => (other.id === one.id ? after : other));
  return after;
}

function give(fake: Fake, sale: SaleView, one: KnownCustomer, part: number): SaleView {
  owes(fake, one, part);
  const left = sale.left - part;
  const promise: TenderView = { ...tender(part), kind: 'credit', customer_id: one.id };
  return fake.put({
    ...sale,
    tenders: [...sale.tenders, promise],
    debtor: { id: one.id, name: one.name },
    paid: sale.paid + part,
    left,
    state: left === 0 ? 'settled' : 'open',
    status: left === 0 ? 'on_credit' : 'open',
    can_void: false,
    void_needs: left === 0 ? null : 'void_taken',
  });
}
