import { beforeEach, describe, expect, it } from 'vitest';
import { Fake, pushTender, pushView, saleView, tender } from '../ipc/fake';
import { customerView } from '../ipc/fake/answers/customers';
import { useTransport } from '../ipc/transport';
import type { PushView, SaleView } from '../ipc/types';
import { Counter } from './counter.svelte';

let fake: Fake;
let counter: Counter;
let weather: { connected: boolean; offline: boolean; slow: boolean };

beforeEach(() => {
  fake = new Fake();
  useTransport(fake);
  weather = { connected: true, offline: false, slow: false };
  counter = new Counter({
    get connected() {
      return weather.connected;
    },
    get offline() {
      return weather.offline;
    },
    get slow() {
      return weather.slow;
    },
    newest: (sale: SaleView) => fake.sales.find((other) => other.id === sale.id) ?? sale,
  });
  void fake.listen<SaleView>('sale-changed', (sale) => counter.heard(sale));
});

const acts = (): string[] => fake.calls.map((call) => call.command);

async function push(amount: string, phone: string): Promise<SaleView> {
  counter.desk.amount = amount;
  await counter.enter();
  counter.desk.phone = phone;
  await counter.enter();
  return counter.sale as SaleView;
}

function pushId(sale: SaleView): string {
  const tender = sale.tenders.at(-1);
  return tender?.kind === 'push' ? tender.push_id : '';
}

describe('one field, four ways', () => {
  it('takes an amount, a phone, and sends one prompt', async () => {
    const sale = await push('120+3*80', '0712 345 678');
    expect(sale.amount, 'the result of the sum').toBe(36_000);
    expect(counter.view).toBe('asking');
    expect(fake.calls.at(-1)?.args).toEqual({
      saleId: null,
      amount: 36_000,
      phone: '0712345678',
      wrongNumber: false,
    });
  });

  it('sends one prompt however often Enter is pressed', async () => {
    counter.desk.amount = '1250';
    counter.field = 'phone';
    counter.desk.phone = '0712345678';
    await Promise.all([counter.enter(), counter.enter(), counter.enter()]);
    expect(acts().filter((act) => act === 'start_push')).toHaveLength(1);
  });

  it('waits for the till with three digits', async () => {
    await push('730', '126');
    expect(fake.calls.at(-1)).toMatchObject({ command: 'wait_for_till', args: { digits: '126' } });
    expect(counter.view).toBe('till');
  });

  it('says one sentence and sends nothing when the sum is not finished', async () => {
    counter.desk.amount = '120+';
    await counter.enter();
    expect(counter.error).toBe('sum_unfinished');
    counter.desk.amount = '1/0';
    await counter.enter();
    expect(counter.error).toBe('sum_divide_by_zero');
    expect(acts()).toEqual([]);
  });

  it('keeps what was typed when the shell refuses', async () => {
    fake.refusals.set('start_push', { code: 'push_live', message: '' });
    await push('1250', '0712345678');
    expect(counter.sale).toBeNull();
    expect(counter.error).toBe('error_push_live');
    expect(counter.desk.amount).toBe('1250');
    expect(counter.desk.phone).toBe('0712345678');
  });
});

describe('parking', () => {
  it('clears the counter and touches no push', async () => {
    const sale = await push('1250', '0712345678');
    counter.back();
    expect(counter.sale, 'Esc parks').toBeNull();
    expect(counter.desk.amount).toBe('');
    expect(fake.sale(sale.id).status, 'the prompt goes on').toBe('waiting');
  });

  it('a parked sale that ends changes nothing on the counter', async () => {
    const sale = await push('1250', '0712345678');
    counter.next();
    counter.desk.amount = '48';
    fake.end(sale.id, pushId(sale), 'paid', null);
    expect(counter.sale).toBeNull();
    expect(counter.desk.amount, 'typing is not lost').toBe('48');
    expect(counter.flash, 'the counter is not coloured').toBe(false);
  });

  it('a sale opened from the roll gives the half-typed one back', async () => {
    const sale = await push('1250', '0712345678');
    counter.next();
    counter.desk.amount = '300+';
    counter.open(sale);
    expect(counter.view).toBe('asking');
    counter.next();
    expect(counter.desk.amount).toBe('300+');
  });
});

describe('after the prompt', () => {
  it('turns green when the sale on the counter is paid', async () => {
    const sale = await push('1250', '0712345678');
    fake.end(sale.id, pushId(sale), 'paid', null);
    expect(counter.view).toBe('paid');
    expect(counter.flash).toBe(true);
  });

  it('sends again only when the shell says that it may', async () => {
    const sale = await push('1250', '0712345678');
    fake.end(sale.id, pushId(sale), 'unknown', 'timeout');
    expect(counter.view).toBe('unknown');
    expect(counter.canSendAgain).toBe(false);
    await counter.enter();
    expect(
      acts().filter((act) => act === 'start_push'),
      'Enter parked it instead',
    ).toHaveLength(1);
  });

  it('sends again after the customer said that no message came', async () => {
    const sale = await push('1250', '0712345678');
    fake.end(sale.id, pushId(sale), 'unknown', 'timeout');
    const known = fake.sale(sale.id);
    const tender = known.tenders[0];
    if (tender?.kind !== 'push') throw new Error('a push');
    fake.put({ ...known, tenders: [{ ...tender, ask_customer: true }] });
    await counter.command('no');
    expect(counter.canSendAgain).toBe(true);
    expect(counter.view, 'still watched').toBe('unknown');
  });

  it('is deaf to an Enter that was meant for another button', async () => {
    const sale = await push('1250', '0712345678');
    expect(counter.deaf).toBe(false);
    fake.end(sale.id, pushId(sale), 'failed', 'cancelled');
    expect(counter.view).toBe('failed');
    expect(counter.deaf).toBe(true);
    counter.next();
    expect(counter.deaf, 'the next amount was typed on purpose').toBe(false);
  });

  it('hears Enter at once where a key was pressed after the event', async () => {
    const sale = await push('1250', '0712345678');
    fake.end(sale.id, pushId(sale), 'failed', 'cancelled');
    expect(counter.deaf).toBe(true);
    await counter.command('cash');
    expect(counter.view).toBe('cash');
    expect(counter.deaf, 'C and Enter are typed in one go').toBe(false);
  });

  it('sends to another number for the same sale', async () => {
    const sale = await push('1250', '0712345678');
    await counter.command('wrong_number');
    counter.desk.phone = '0722000000';
    await counter.enter();
    expect(fake.calls.at(-1)?.args).toEqual({
      saleId: sale.id,
      amount: 125_000,
      phone: '0722000000',
      wrongNumber: true,
    });
  });

  it('keeps the other phone being typed when the first one pays meanwhile', async () => {
    const sale = await push('1250', '0712345678');
    await counter.command('wrong_number');
    counter.desk.phone = '0722';
    fake.end(sale.id, pushId(sale), 'paid', null);
    expect(counter.view, 'the field stays').toBe('entry');
    expect(counter.desk.phone).toBe('0722');
    expect(counter.overtaken).toBe(true);
    await counter.enter();
    expect(
      acts().filter((act) => act === 'start_push'),
      'nobody is asked twice',
    ).toHaveLength(1);
  });
});

describe('on a bad evening', () => {
  beforeEach(() => {
    weather.slow = true;
  });

  it('Enter lets the customer pay the till, whatever stands in phone', async () => {
    counter.desk.amount = '1250';
    expect(counter.evening, 'said before a phone is dictated').toBe('slow');
    await counter.enter();
    counter.desk.phone = '0712345678';
    await counter.enter();
    expect(fake.calls.at(-1)).toMatchObject({ command: 'wait_for_till', args: { digits: '678' } });
  });

  it('one key still sends, to a whole number only', async () => {
    counter.desk.amount = '1250';
    counter.desk.phone = '678';
    await counter.command('send_anyway');
    expect(counter.error).toBe('send_anyway_phone');
    expect(acts()).toEqual([]);
    counter.desk.phone = '0712345678';
    await counter.command('send_anyway');
    expect(fake.calls.at(-1)).toMatchObject({ command: 'start_push', args: { phone: '0712345678' } });
  });

  it('Enter after a silent phone is the till too', async () => {
    counter.desk.amount = '1250';
    counter.desk.phone = '0712345678';
    await counter.command('send_anyway');
    const sale = counter.sale as SaleView;
    fake.end(sale.id, pushId(sale), 'failed', 'no_answer');
    await counter.enter();
    expect(acts().at(-1)).toBe('wait_for_till');
  });

  it('and nothing is offered as another way on a good one', async () => {
    weather.slow = false;
    counter.desk.amount = '1250';
    counter.desk.phone = '0712345678';
    await counter.command('send_anyway');
    expect(acts(), 'the key means nothing then').toEqual([]);
  });
});

describe('when only a person or a statement can tell', () => {
  async function unknown(change: Partial<PushView>): Promise<SaleView> {
    const sale = await push('1250', '0712345678');
    fake.end(sale.id, pushId(sale), 'unknown', 'connection_lost');
    const known = fake.sale(sale.id);
    const tender = known.tenders[0];
    if (tender?.kind !== 'push') throw new Error('a push');
    return fake.put({ ...known, can_send: { answer: 'yes' }, tenders: [{ ...tender, ...change }] });
  }

  it('nobody is invited to send again', async () => {
    await unknown({ state: 'awaits_statement' });
    expect(counter.canSendAgain, 'though the shell would').toBe(false);
  });

  it('a person answers one way or the other, and says how the person knows', async () => {
    const sale = await unknown({ judge: true });
    await counter.command('judge');
    expect(counter.view).toBe('judge');
    await counter.enter();
    expect(counter.error).toBe('judge_choose');
    counter.judged = 'not_paid';
    await counter.enter();
    expect(counter.error).toBe('judge_why_needed');
    counter.reason = ' statement ';
    await counter.enter();
    expect(fake.calls.at(-1)).toMatchObject({ command: 'judge', args: { paid: false, reason: 'statement' } });
    expect(fake.sale(sale.id).status).toBe('not_paid');
  });

  it('there is nothing to answer for where a witness may still tell', async () => {
    await unknown({ judge: false });
    await counter.command('judge');
    expect(counter.view).toBe('unknown');
  });

  it('the question goes away when a witness tells meanwhile', async () => {
    const sale = await unknown({ judge: true });
    await counter.command('judge');
    fake.end(sale.id, pushId(sale), 'failed', 'nothing_found');
    const told = fake.sale(sale.id);
    fake.put({ ...told, tenders: told.tenders.map((other) => ({ ...other, judge: false })) });
    expect(counter.view).toBe('failed');
  });

  it('a half-given answer is not what comes back after a crash', async () => {
    await unknown({ judge: true });
    await counter.command('judge');
    expect(counter.draft.mode).toBe('sale');
  });
});

it('shows who said what, and goes back to the sale on Enter and Esc', async () => {
  const sale = await push('1250', '0712345678');
  fake.end(sale.id, pushId(sale), 'paid', null);
  for (const back of [() => counter.enter(), () => counter.back()]) {
    await counter.command('history');
    expect(counter.view).toBe('history');
    expect(counter.overtaken, 'looking is not typing').toBe(false);
    await back();
    expect(counter.view).toBe('paid');
    expect(counter.sale?.id, 'the same sale').toBe(sale.id);
  }
});

it('shows the receipt of a paid sale, and prints it when asked once more', async () => {
  const sale = await push('1250', '0712345678');
  await counter.command('receipt');
  expect(counter.view, 'what is not paid has none').toBe('asking');
  fake.end(sale.id, pushId(sale), 'paid', null);
  await counter.command('receipt');
  expect(counter.view).toBe('receipt');
  expect(counter.overtaken, 'looking is not typing').toBe(false);
  expect(acts(), 'looking prints nothing').not.toContain('print_receipt');
  for (const print of [() => counter.command('receipt'), () => counter.enter()]) {
    await print();
    expect(fake.calls.at(-1)).toEqual({ command: 'print_receipt', args: { saleId: sale.id } });
    expect(counter.view, 'nobody waits for the printer').toBe('receipt');
  }
  fake.refusals.set('print_receipt', { code: 'no_printer', message: '' });
  await counter.enter();
  expect(counter.error).toBe('error_no_printer');
  counter.back();
  expect(counter.view).toBe('paid');
  expect(counter.sale?.id, 'the same sale').toBe(sale.id);
});

describe('cash', () => {
  it('is exact on Enter alone', async () => {
    counter.desk.amount = '1250.50';
    await counter.command('cash');
    await counter.enter();
    expect(fake.calls.at(-1)?.args).toEqual({ saleId: null, amount: 125_050, tendered: 125_050 });
    expect(counter.view).toBe('paid');
  });

  it('leaves a rest for a prompt', async () => {
    counter.desk.amount = '1250';
    await counter.command('cash');
    counter.desk.cash = '500';
    await counter.enter();
    expect(counter.view, 'the cursor is in phone').toBe('entry');
    counter.desk.phone = '0712345678';
    await counter.enter();
    expect(fake.calls.at(-1)?.args).toMatchObject({ amount: 75_000, phone: '0712345678' });
  });
});

describe('code', () => {
  async function type(code: string): Promise<void> {
    counter.desk.amount = '1250';
    await counter.command('code');
    counter.desk.code = code;
    await counter.checkCode();
  }

  it('takes a good one at once', async () => {
    await type('UKN4B2QX7Z');
    await counter.enter();
    expect(fake.calls.at(-1)?.args).toMatchObject({ warned: false, readFrom: 'customer_phone' });
  });

  it('takes an old one only on the second Enter', async () => {
    await type('SKC4B2QX7Z');
    await counter.enter();
    expect(acts()).not.toContain('take_code');
    await counter.enter();
    expect(fake.calls.at(-1)?.args).toMatchObject({ warned: true });
  });

  it('never takes a used one', async () => {
    await type('UKN4B2USED');
    await counter.enter();
    await counter.enter();
    expect(acts()).not.toContain('take_code');
    expect(counter.error).toBe('error_code_used');
  });

  it('asks for a new look after every change of the code', async () => {
    await type('SKC4B2QX7Z');
    await counter.enter();
    expect(counter.code.armed).toBe(true);
    counter.desk.code = 'SKC4B2QX7Y';
    await counter.checkCode();
    expect(counter.code.armed).toBe(false);
  });
});

describe('drafts', () => {
  it('come back as they were typed', () => {
    const draft = { amount: '120+', phone: '0712', cash: '', code: '', mode: 'entry', sale_id: null };
    counter.restore(draft, null);
    expect(counter.draft).toEqual(draft);
  });

  it('put the sale back on the counter', () => {
    const push = pushView('0712345678');
    const sale = saleView(125_000, { status: 'waiting', tenders: [pushTender(125_000, push)] });
    counter.restore({ amount: '30', phone: '', cash: '', code: '', mode: 'sale', sale_id: sale.id }, sale);
    expect(counter.view).toBe('asking');
    counter.next();
    expect(counter.desk.amount, 'and the next amount behind it').toBe('30');
  });

  it('survive a word from another version', () => {
    counter.restore({ amount: '5', phone: '', cash: '', code: '', mode: 'barcode', sale_id: null }, null);
    expect(counter.view).toBe('entry');
    expect(counter.desk.amount).toBe('5');
  });
});

it('gives a sale up while its prompt is alive, and not after it was paid', async () => {
  await push('1250', '0712345678');
  await counter.command('void');
  expect(counter.view, 'the engine decides who may').toBe('void');
  counter.back();
  const sale = counter.sale as SaleView;
  counter.heard({ ...sale, state: 'settled', status: 'paid', void_needs: null });
  await counter.command('void');
  expect(counter.view, 'a sale that is over stays').toBe('paid');
  expect(counter.error).toBe('cannot_void');
});

it('asks for cash to be given back only at the moment when the sale is given up', async () => {
  const half = { ...saleView(1250_00), paid: 500_00, left: 750_00, void_needs: 'void_taken' as const };
  const sale = fake.put({
    ...half,
    tenders: [{ ...tender(500_00), kind: 'cash', tendered: 500_00, change: 0 }],
  });
  counter.open(sale);
  await counter.command('void');
  counter.reason = 'customer left';
  await counter.enter();
  expect(counter.gaveUp, 'now the cash goes over the counter').toBe(sale.id);
  counter.next();
  counter.open(fake.sale(sale.id));
  expect(counter.gaveUp, 'whoever opens it later must not give it back twice').toBeNull();
});

it('gives money back of a paid sale, and Enter of the counter gives none', async () => {
  const sale = fake.put({ ...saleView(350_00), state: 'settled', status: 'paid', paid: 350_00, left: 0 });
  counter.open(sale);
  await counter.command('refund');
  expect(counter.view).toBe('refund');
  await counter.enter();
  expect(
    fake.calls.some(({ command }) => command === 'refund'),
    'only the panel gives',
  ).toBe(false);
  await counter.refund({ amount: 100_00, way: 'cash', code: '', owed: false, reason: 'torn bag' });
  expect(counter.sale?.refunded).toBe(100_00);
  expect(counter.view, 'the sale stands there again').toBe('paid');
});

describe('regulars', () => {
  const typed = async (text: string): Promise<void> => {
    counter.desk.phone = text;
    await counter.regulars.look(text);
  };

  beforeEach(() => {
    fake.customers = [
      customerView('Wanjiru Kamau', { owed: 2_150_00 }),
      customerView('Baraka Wafula', { phone_masked: '··678' }),
      customerView('Otieno', { phone_masked: '··126' }),
    ];
    counter.desk.amount = '730';
    counter.field = 'phone';
  });

  it('are offered by their last digits, and Enter means what it meant', async () => {
    await typed('678');
    expect(counter.regulars.shown.map((one) => one.name)).toEqual(['Wanjiru Kamau', 'Baraka Wafula']);
    expect(counter.plan).toMatchObject({ act: 'till', digits: '678' });
    await counter.enter();
    expect(fake.calls.at(-1)).toMatchObject({ command: 'wait_for_till', args: { digits: '678' } });
    expect(counter.regulars.shown, 'the next customer is somebody else').toEqual([]);
  });

  it('one key chooses, and the prompt goes to whoever was chosen without the page having the number', async () => {
    await typed('678');
    expect(counter.regulars.move(1)).toBe(true);
    expect(counter.plan).toEqual({
      act: 'push_regular',
      due: 73_000,
      id: 'customer-Wanjiru Kamau',
      name: 'Wanjiru Kamau',
    });
    counter.regulars.move(1);
    await counter.enter();
    expect(fake.calls.at(-1)).toEqual({
      command: 'prompt_regular',
      args: { saleId: null, amount: 73_000, customerId: 'customer-Baraka Wafula', wrongNumber: false },
    });
    expect(counter.view).toBe('asking');
  });

  it('Esc, the key up, and another digit choose nobody', async () => {
    await typed('678');
    counter.regulars.move(1);
    counter.back();
    expect(counter.plan, 'Esc takes back the choice alone').toMatchObject({ act: 'till', digits: '678' });
    expect(counter.desk.phone).toBe('678');
    counter.regulars.move(1);
    counter.regulars.move(-1);
    expect(counter.regulars.chosen).toBeNull();
    expect(counter.regulars.move(-1), 'above the first the key is the roll’s').toBe(false);
    counter.regulars.move(1);
    await typed('6781');
    expect(counter.regulars.chosen).toBeNull();
    counter.back();
    expect(counter.regulars.shown).toEqual([]);
  });

  it('an answer that comes late offers nobody for other digits', async () => {
    const slow = counter.regulars.look('678');
    const newer = counter.regulars.look('126');
    await Promise.all([slow, newer]);
    expect(counter.regulars.shown.map((one) => one.name)).toEqual(['Otieno']);
    await typed('');
    expect(counter.regulars.shown).toEqual([]);
  });

  it('nobody is asked about a number of which the first half stands there', async () => {
    for (const text of ['0712', '0712 345 67', '12', 'abc', '']) await typed(text);
    expect(acts()).not.toContain('regulars');
  });

  it('on a bad evening the chosen one pays the till by these digits, and one key still asks the phone', async () => {
    weather.offline = true;
    await typed('678');
    counter.regulars.move(1);
    expect(counter.plan).toMatchObject({ act: 'till', digits: '678', instead: 'offline' });
    await counter.command('send_anyway');
    expect(acts().at(-1)).toBe('prompt_regular');
  });
});
