/** A customer who pays the till. */
import { matter, saleView } from '../../ipc/fake';
import { KSH, onCounter, paidByHand, toTill } from '../samples';
import type { Scenes } from '.';

export default {
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
} satisfies Scenes;
