/** Practice's lesson: five sales, each learned when the book says that it happened. */
import type { SaleView } from '../ipc/types';
import { pushes } from './status';

/** In their order. */
export const LESSONS = ['pays', 'cancels', 'till', 'old', 'unknown'] as const;
export type LessonName = (typeof LESSONS)[number];

/** What is played, as the words of the lesson say it. */
export const PLAYED = { phone: '0722000126', oldCode: 'SKC4B2QX7Z' };

/** Where one sale stands in its lesson. */
export type Progress =
  | 'nothing'
  /** Half of it: the payment is not known; now Keshia finds out. */
  | 'under_way'
  /** The old code was taken all the same. */
  | 'fooled'
  | 'learned';

export function progressOf(lesson: LessonName, sale: SaleView): Progress {
  switch (lesson) {
    case 'pays':
      return sale.status === 'paid' && pushes(sale).some((push) => push.state === 'paid')
        ? 'learned'
        : 'nothing';
    case 'cancels':
      return pushes(sale).some((push) => push.reason === 'cancelled') ? 'learned' : 'nothing';
    case 'till':
      return sale.status === 'paid' && sale.tenders.some((part) => part.kind === 'to_till' && !part.waiting)
        ? 'learned'
        : 'nothing';
    case 'old':
      if (sale.status === 'code_not_confirmed') return 'fooled';
      return sale.status === 'paid_cash' ? 'learned' : 'nothing';
    case 'unknown':
      if (sale.status === 'not_known') return 'under_way';
      return 'nothing';
  }
}
