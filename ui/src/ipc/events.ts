/** What the shell says by itself. */
import { listen } from './transport';
import type { ClosingView, LinkView, PaymentEnded, PrinterView, Problem, SaleView } from './types';

export const events = {
  saleChanged: (heard: (sale: SaleView) => void) => listen('sale-changed', heard),
  paymentEnded: (heard: (ended: PaymentEnded) => void) => listen('payment-ended', heard),
  /** Something on the roll that is no sale changed, or some words were missed. */
  rollChanged: (heard: () => void) => listen<null>('roll-changed', heard),
  linkChanged: (heard: (link: LinkView) => void) => listen('link-changed', heard),
  /** Today's copy of the book was taken (then there is no trouble), or was not. */
  backupTold: (heard: (trouble: Problem | null) => void) => listen('backup-told', heard),
  printerChanged: (heard: (printer: PrinterView) => void) => listen('printer-changed', heard),
  closeAsked: (heard: (closing: ClosingView) => void) => listen('close-asked', heard),
};
