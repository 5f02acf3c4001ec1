/** How sure the shop can be of one part's money. *Paid* and *paid with its code* are two things. */
import type { TenderView } from '../ipc/types';
import type { PlainKey } from '.';

export function gradeWords(tender: TenderView): PlainKey | null {
  switch (tender.proof) {
    case 'proved':
      return 'paid_confirmed';
    case 'not_proved':
      return tender.kind === 'push' && tender.told_by === 'person' ? 'paid_by_word' : 'paid_no_receipt';
    case 'not_confirmed':
      return 'paid_not_confirmed';
    case 'none':
      return null;
  }
}
