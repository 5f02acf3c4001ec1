/** The roll, money that came in, and old sales. */
import { type Fake, matter } from '../../ipc/fake';
import { KSH, day, draft, minutesAgo, onCounter, press, pushed } from '../samples';
import type { PushView, SaleView, WitnessView } from '../../ipc/types';
import type { Scenes } from '.';

export default {
  large: (fake) => {
    onCounter(fake, pushed(1250, '0712345678', 'waiting', { waited_s: 9 }));
    const parked = pushed(480, '0799000981', 'waiting', { waited_s: 40 }, { opened_at: minutesAgo(1) });
    fake.sales.push(parked);
    setTimeout(
      () => fake.end(parked.id, (parked.tenders[0] as unknown as PushView).push_id, 'paid', null),
      500,
    );
  },
  money: (fake) => money(fake),
  whose: (fake) => money(fake, 2),
  matter: (fake) => {
    fake.sales[2] = { ...(fake.sales[2] as SaleView), matters: [matter('refund_due', 350 * KSH)] };
    press('roll-line', 500, 2);
  },
  history: (fake) => {
    fake.witnesses = said();
    press('roll-line', 400, 2);
    press('history', 700);
  },
  parts: (fake) => {
    fake.sales[6] = { ...(fake.sales[6] as SaleView), proof: 'proved', time_unsure: true };
    press('roll-line', 500, 6);
  },
  unproved: () => {
    press('roll-line', 500, 7);
  },
  another: (fake) => {
    fake.sales[5] = { ...(fake.sales[5] as SaleView), matters: [matter('code_of_another', 90 * KSH)] };
    press('roll-line', 500, 5);
  },
  perhaps: (fake) => {
    fake.sales[5] = {
      ...(fake.sales[5] as SaleView),
      matters: [matter('perhaps_code_of_another', 90 * KSH)],
    };
    press('roll-line', 500, 5);
  },
  reversed: (fake) => {
    fake.sales[6] = { ...(fake.sales[6] as SaleView), matters: [matter('reversed_after_sale', 700 * KSH)] };
    press('roll-line', 500, 6);
  },
  crowd: (fake) => {
    fake.sales = Array.from({ length: 200 }, (_, n) => ({
      ...(day()[n % 9] as SaleView),
      id: `crowd-${n}`,
      opened_at: minutesAgo(n * 3),
    }));
    fake.draft = draft({ amount: '999999999.99+1250*3/(4+5)+12' });
  },
} satisfies Scenes;

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
