/** What the shell says by itself. */
import { listen } from './transport';
import type { ClosingView, DeskView, LinkView, PaymentEnded, Problem, SaleView } from './types';

export const events = {
  saleChanged: (heard: (sale: SaleView) => void) => listen('sale-changed', heard),
  paymentEnded: (heard: (ended: PaymentEnded) => void) => listen('payment-ended', heard),
  /** Something on the roll that is no sale changed, or some words were missed. */
  rollChanged: (heard: () => void) => listen<null>('roll-changed', heard),
  linkChanged: (heard: (link: LinkView) => void) => listen('link-changed', heard),
  /** Today's copy of the book was taken (then there is no trouble), or was not. */
  backupTold: (heard: (trouble: Problem | null) => void) => listen('backup-told', heard),
  /** Somebody else is at the till, or nobody. */
  deskChanged: (heard: (desk: DeskView) => void) => listen('desk-changed', heard),
  closeAsked: (heard: (closing: ClosingView) => void) => listen('close-asked', heard),
};
