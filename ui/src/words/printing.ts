/** What keeps the printer from printing. */
import type { PrinterTrouble } from '../ipc/types';
import type { PlainKey } from '.';

export const TROUBLE: Record<PrinterTrouble, PlainKey> = {
  absent: 'trouble_absent',
  not_allowed: 'trouble_not_allowed',
  no_paper: 'trouble_no_paper',
  cover_open: 'trouble_cover_open',
  silent: 'trouble_silent',
  no_such_place: 'trouble_no_such_place',
};
