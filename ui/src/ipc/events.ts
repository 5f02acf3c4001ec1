/** What the shell says by itself. */
import { listen } from './transport';
import type {
  ClosingView,
  CustomerView,
  DeskView,
  LinkView,
  PaymentEnded,
  PrinterView,
  Problem,
  Progress,
  SaleView,
} from './types';

export const events = {
  saleChanged: (heard: (sale: SaleView) => void) => listen('sale-changed', heard),
  paymentEnded: (heard: (ended: PaymentEnded) => void) => listen('payment-ended', heard),
  /** Something on the roll that is no sale changed, or some words were missed. */
  rollChanged: (heard: () => void) => listen<null>('roll-changed', heard),
  linkChanged: (heard: (link: LinkView) => void) => listen('link-changed', heard),
  /** Today's copy of the book was taken (then there is no trouble), or was not. */
  backupTold: (heard: (trouble: Problem | null) => void) => listen('backup-told', heard),
  /** For the customer's display only. */
  customerChanged: (heard: (view: CustomerView) => void) => listen('customer-changed', heard),
  /** Somebody closed the customer's display with its own button. */
  displayClosed: (heard: () => void) => listen<null>('display-closed', heard),
  /** How far a long job has come. */
  progress: (heard: (progress: Progress) => void) => listen('progress', heard),
  /** A copy got to the stick (then there is no trouble), or did not. */
  stickTold: (heard: (trouble: Problem | null) => void) => listen('stick-told', heard),
  printerChanged: (heard: (printer: PrinterView) => void) => listen('printer-changed', heard),
  /** Somebody else is at the till, or nobody. */
  deskChanged: (heard: (desk: DeskView) => void) => listen('desk-changed', heard),
  closeAsked: (heard: (closing: ClosingView) => void) => listen('close-asked', heard),
};
