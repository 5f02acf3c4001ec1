/** What lies on the counter half typed. */
import type { Draft } from '../ipc';

/** Which part of the counter is open; `sale` shows what the sale's status demands. */
export type Mode =
  'entry' | 'cash' | 'code' | 'credit' | 'void' | 'judge' | 'history' | 'receipt' | 'refund' | 'sale';

export interface Desk {
  amount: string;
  phone: string;
  cash: string;
  code: string;
  mode: Mode;
}

const MODES: readonly string[] = [
  'entry',
  'cash',
  'code',
  'credit',
  'void',
  'judge',
  'history',
  'receipt',
  'refund',
  'sale',
] satisfies Mode[];

export function emptyDesk(mode: Mode): Desk {
  return { amount: '', phone: '', cash: '', code: '', mode };
}

/** The desk of a draft; a mode that only another version of Keshia knows becomes the fields. */
export function deskOf({ amount, phone, cash, code, mode }: Draft): Desk {
  return { amount, phone, cash, code, mode: MODES.includes(mode) ? (mode as Mode) : 'entry' };
}
