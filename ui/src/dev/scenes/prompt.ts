/** A prompt, from sending to its end. */
import { type Fake, pushTender, pushView } from '../../ipc/fake';
import { KSH, failed, minutesAgo, onCounter, press, pushed } from '../samples';
import type { PushView, SaleView, TenderView } from '../../ipc/types';
import type { Scenes } from '.';

export default {
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
    press('roll-line', 500);
  },
  paid: (fake) => {
    onCounter(fake, pushed(1250, '0712345678', 'waiting', { waited_s: 9 }));
    setTimeout(() => payFirst(fake), 700);
  },
  settled: (fake) => {
    onCounter(fake, pushed(1250, '0712345678', 'waiting', { waited_s: 9 }));
    setTimeout(() => payFirst(fake), 100);
  },
} satisfies Scenes;

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
