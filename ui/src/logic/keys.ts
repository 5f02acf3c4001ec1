/** Which key means what. Letters act only where no letter is about to be typed; F-keys always do. */
export type Command =
  'keys' | 'till' | 'cash' | 'code' | 'next' | 'wrong_number' | 'send_anyway' | 'void' | 'yes' | 'no';

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
  /** Cheap laptops hide the F-keys, so each has a letter; the two answers need only their letter. */
  f: string | null;
}

export const KEYS: readonly KeyRow[] = [
  { command: 'keys', letter: '?', f: 'F1' },
  { command: 'till', letter: 'T', f: 'F2' },
  { command: 'cash', letter: 'C', f: 'F3' },
  { command: 'code', letter: 'M', f: 'F4' },
  { command: 'next', letter: 'N', f: 'F6' },
  { command: 'wrong_number', letter: 'W', f: 'F7' },
  { command: 'send_anyway', letter: 'S', f: 'F8' },
  { command: 'void', letter: 'V', f: 'F9' },
  { command: 'yes', letter: 'Y', f: null },
  { command: 'no', letter: 'X', f: null },
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
  // `x` multiplies in an amount; the two answers exist only where nothing is typed.
  return row.f === null && typing === 'digits' ? null : row.command;
}

/** A key that begins an amount when no field has the focus. */
export function startsAmount(press: Press): boolean {
  return !press.ctrlKey && !press.altKey && !press.metaKey && /^[0-9.(]$/.test(press.key);
}
