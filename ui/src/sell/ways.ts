/** Which other ways each view offers. */
import type { Kind } from '../ipc';
import type { Command } from '../logic/keys';
import { ids } from '../testids';
import type { PlainKey } from '../words';

interface Way {
  command: Command;
  words: PlainKey;
  testid: string;
}

export const cash: Way = { command: 'cash', words: 'way_cash', testid: ids.cash };
export const code: Way = { command: 'code', words: 'way_code', testid: ids.code };
export const credit: Way = { command: 'credit', words: 'way_credit', testid: ids.creditOpen };
export const wrongNumber: Way = {
  command: 'wrong_number',
  words: 'way_wrong_number',
  testid: ids.wrongNumber,
};
export const prompt: Way = { command: 'wrong_number', words: 'way_prompt', testid: ids.wrongNumber };
export const next: Way = { command: 'next', words: 'next_customer', testid: ids.next };
export const anyway: Way = { command: 'send_anyway', words: 'way_send_anyway', testid: ids.sendAnyway };

export function till(kind: Kind): Way {
  return { command: 'till', words: kind === 'till' ? 'way_till' : 'way_paybill', testid: ids.till };
}
