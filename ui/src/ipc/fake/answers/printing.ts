/** Receipts and their printer. */
import { SLIP } from '../../../dev/slip';
import type { Answers } from '../answer';

export default {
  printing_settings: (fake) => ({
    printing: fake.printing,
    usb: [{ vendor: 0x04b8, product: 0x0e28, serial: null, name: 'EPSON TM-T20III' }],
    ports: ['/dev/ttyUSB0'],
  }),
  save_printing: (fake, { printing }) => {
    fake.printing = printing;
    fake.emit('printer-changed', { ...fake.printer, set: printing.place !== null });
    return null;
  },
  receipt_preview: () => SLIP,
  test_print: () => 'no_paper',
  receipt: (fake) => ({
    text: 'MAMA NJERI STORES\n',
    picture: SLIP,
    tax:
      fake.printing.vat === null
        ? null
        : { kind: fake.printing.vat, rate: 1600, vat: 172_41, tax_invoice: null },
  }),
  print_receipt: () => null,
  print_late: (fake) => {
    fake.emit('printer-changed', { ...fake.printer, trouble: null, waiting: 0, not_printed: 0 });
    return null;
  },
  set_tax: (fake, { kind }) => {
    fake.printing = { ...fake.printing, vat: kind };
    return { kind, rate: 1600, vat: 172_41, tax_invoice: null };
  },
  save_receipt: () => '/home/njeri/.local/share/ke.keshia.till/receipts/A10041K.pdf',
  printer: (fake) => fake.printer,
} satisfies Answers;
