/** Receipts and their printer. */
import { press } from '../samples';
import type { Scenes } from '.';
import type { Fake } from '../../ipc/fake';

function withPrinter(fake: Fake): void {
  fake.printing = {
    ...fake.printing,
    place: { kind: 'network', address: '192.168.1.50' },
    automatic: true,
    vat: 'standard',
    kra_pin: 'P051234567X',
    address: 'Tom Mboya Street, Shop 4\nNairobi',
    footer: 'Asante, karibu tena',
  };
  fake.printer = { ...fake.printer, set: true };
}

function showReceipt(): void {
  press('roll-line', 400, 6);
  press('receipt-open', 700);
}

export default {
  receipt: (fake) => {
    withPrinter(fake);
    showReceipt();
  },
  receiptnoprinter: () => showReceipt(),
  printersettings: (fake) => {
    withPrinter(fake);
    press('nav-settings', 500);
    setTimeout(() => document.querySelector('[data-testid="printing"]')?.scrollIntoView(), 1500);
  },
  notprinted: (fake) => {
    withPrinter(fake);
    fake.printer = { set: true, trouble: 'no_paper', waiting: 1, not_printed: 3 };
  },
} satisfies Scenes;
