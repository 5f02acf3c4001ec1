/** Copies of the book. */
import type { BookVerdict, CopiesView, Trouble } from '../../types';
import type { Answers } from '../answer';
import type { Fake } from '..';

const LAST = '2026-11-23T18:03:00Z';
let copies: CopiesView = { newest: '2026-11-24', stick: null, plugged_in: ['/media/njeri/KINGSTON'] };

export default {
  copies: () => copies,
  choose_stick: (_fake, { folder, sealed, withKeys }) => {
    copies = { ...copies, stick: { folder, sealed, with_keys: withKeys, there: true, last: LAST } };
    const groups = ['7K3Q', 'M02V', '9XHB', '4TNR', 'C8WD', 'J5PA', '1ZSE', 'G6FY'];
    return { code: sealed ? groups : [], copies };
  },
  forget_stick: () => (copies = { ...copies, stick: null }),
  copy_now: () => copies,
  rehearse: () => ({ taken_at: LAST, sales: 412, lost_sales: 23, lost: 18_450_00, minutes: 204 }),
  verify_book: (fake, { anchor, close }) => verdict(fake, anchor, close),
  found_copies: () => [
    {
      file: '/media/njeri/KINGSTON/Keshia-3f2a9c01/keshia-2026-11-23.sealed',
      shop: 'Mama Njeri Stores',
      day: '2026-11-23',
      sealed: true,
    },
  ],
  restore_copy: (fake) => (fake.app = { ...fake.app, door: 'open', mode: 'live', connected: true }),
  moved_here: (fake) => (fake.app = { ...fake.app, problem: null }),
  is_a_copy: (fake) => (fake.app = { ...fake.app, problem: null, door: 'first_start' }),
} satisfies Answers;

const CHANGED: Trouble = { kind: 'changed', table: 'posting', seq: 31_744 };
const GONE: Trouble = { kind: 'unchained', doubt: 'sale_gone', id: '7K3QM02V' };

/** A book of which one row was changed, and a sale thrown away. */
function verdict({ till }: Fake, anchor: string | null, close: number | null): BookVerdict {
  const z = till.closes.find((other) => other.number === close);
  return {
    rows: 48_211,
    head: '9f86d081884c7d65',
    anchored: 48_007,
    not_anchored: 204,
    restored: [],
    troubles: [CHANGED, GONE],
    wrong: 2,
    close:
      z === undefined
        ? null
        : {
            number: z.number,
            day: z.day,
            rows: z.rows,
            head: z.head,
            same: anchor === null ? null : anchor.includes(':'),
            covered: z.rows >= 31_744 ? [CHANGED] : [],
            after: z.rows < 31_744 ? [CHANGED] : [],
            beside: [GONE],
          },
  };
}
