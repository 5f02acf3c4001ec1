/** Which key means what. Letters act only where no letter is about to be typed; F-keys always do. */
export type Command =
  | 'keys'
  | 'till'
  | 'cash'
  | 'code'
  | 'credit'
  | 'next'
  | 'wrong_number'
  | 'send_anyway'
  | 'void'
  | 'yes'
  | 'no'
  | 'give'
  | 'make'
  | 'history'
  | 'receipt'
  | 'print_late'
  | 'judge'
  | 'refund'
  | 'drawer'
  | 'close_day'
  | 'paper'
  | 'lock';

/** What the focused element takes: digits (amount, phone, cash), any text (code, reason), nothing. */
export type Typing = 'digits' | 'text' | 'nothing';

export interface Press {
  key: string;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
}

interface KeyRow {
  command: Command;
  letter: string;
  /** Cheap laptops hide the F-keys, so each has a letter; what is seldom pressed has only that. */
  f: string | null;
  /** The letter acts in a field of digits too. `x` multiplies there, and the rest belongs to panels. */
  inDigits: boolean;
}

export const KEYS: readonly KeyRow[] = [
  { command: 'keys', letter: '?', f: 'F1', inDigits: true },
  { command: 'till', letter: 'T', f: 'F2', inDigits: true },
  { command: 'cash', letter: 'C', f: 'F3', inDigits: true },
  { command: 'code', letter: 'M', f: 'F4', inDigits: true },
  { command: 'credit', letter: 'D', f: 'F5', inDigits: true },
  { command: 'next', letter: 'N', f: 'F6', inDigits: true },
  { command: 'wrong_number', letter: 'W', f: 'F7', inDigits: true },
  { command: 'send_anyway', letter: 'S', f: 'F8', inDigits: true },
  { command: 'void', letter: 'V', f: 'F9', inDigits: true },
  { command: 'yes', letter: 'Y', f: null, inDigits: false },
  { command: 'no', letter: 'X', f: null, inDigits: false },
  { command: 'give', letter: 'G', f: null, inDigits: true },
  { command: 'make', letter: 'A', f: null, inDigits: true },
  { command: 'history', letter: 'H', f: null, inDigits: false },
  { command: 'receipt', letter: 'P', f: null, inDigits: false },
  { command: 'print_late', letter: 'R', f: null, inDigits: true },
  { command: 'judge', letter: 'J', f: null, inDigits: false },
  { command: 'refund', letter: 'B', f: null, inDigits: false },
  { command: 'drawer', letter: 'O', f: null, inDigits: true },
  { command: 'close_day', letter: 'Z', f: null, inDigits: true },
  { command: 'paper', letter: 'I', f: null, inDigits: true },
  { command: 'lock', letter: 'L', f: null, inDigits: true },
];

/** `letter` of a command, for the key drawn on its button. */
export function letterOf(command: Command): string {
  return KEYS.find((row) => row.command === command)?.letter ?? '';
}

export function commandOf(press: Press, typing: Typing): Command | null {
  if (press.ctrlKey || press.altKey || press.metaKey) return null;
  const byF = KEYS.find((row) => row.f === press.key);
  if (byF !== undefined) return byF.command;
  if (typing === 'text') return null;
  const row = KEYS.find((other) => other.letter === press.key.toUpperCase());
  if (row === undefined) return null;
  return typing === 'digits' && !row.inDigits ? null : row.command;
}

/** A key that begins an amount when no field has the focus. */
export function startsAmount(press: Press): boolean {
  return !press.ctrlKey && !press.altKey && !press.metaKey && /^[0-9.(]$/.test(press.key);
}
