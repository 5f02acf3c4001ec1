/** What Enter will do at the entry fields, so that the button can say it before it happens. */
import type { Money } from '../ipc/types';
import { CENTS_PER_SHILLING, isWhole, MPESA_MOST } from './money';
import type { PhoneProblem, PhoneRead } from './phone';
import type { Sum, SumProblem } from './calculator';

export type Trouble =
  SumProblem | `phone_${PhoneProblem}` | 'whole_shillings' | 'above_mpesa' | 'below_mpesa';

export type Plan =
  /** Nothing can happen yet; `trouble` is what Enter says, silent while the field is empty. */
  | { act: 'wait'; trouble: Trouble }
  | { act: 'to_phone'; due: Money }
  | { act: 'push'; due: Money; phone: string; pretty: string }
  | { act: 'push_regular'; due: Money; id: string; name: string }
  | { act: 'till'; due: Money; digits: string | null; instead: Instead | null };

/** Why a whole number does not get a prompt. A bad evening can be overruled with one key. */
export type Instead = 'not_connected' | BadEvening;
export type BadEvening = 'offline' | 'slow';

export interface Entry {
  field: 'amount' | 'phone';
  sum: Sum;
  phone: PhoneRead;
  connected: boolean;
  offline: boolean;
  slow: boolean;
}

export function planOf(entry: Entry): Plan {
  if (!entry.sum.ok) return { act: 'wait', trouble: entry.sum.problem };
  const due = entry.sum.cents;
  if (entry.field === 'amount') return { act: 'to_phone', due };
  if (entry.phone.kind === 'bad') return { act: 'wait', trouble: `phone_${entry.phone.problem}` };
  const trouble = mpesaTrouble(due);
  if (trouble !== null) return { act: 'wait', trouble };
  if (entry.phone.kind === 'empty') return { act: 'till', due, digits: null, instead: null };
  if (entry.phone.kind === 'digits') return { act: 'till', due, digits: entry.phone.digits, instead: null };
  const instead = insteadOf(entry);
  if (instead !== null) return { act: 'till', due, digits: entry.phone.last3, instead };
  if (entry.phone.kind === 'regular')
    return { act: 'push_regular', due, id: entry.phone.id, name: entry.phone.name };
  return { act: 'push', due, phone: entry.phone.local, pretty: entry.phone.pretty };
}

type Weather = Pick<Entry, 'connected' | 'offline' | 'slow'>;

function insteadOf(weather: Weather): Instead | null {
  return weather.connected ? badEveningOf(weather) : 'not_connected';
}

/** Prompts would not arrive just now, so Enter lets the customer pay the till. */
export function badEveningOf({ connected, offline, slow }: Weather): BadEvening | null {
  if (!connected) return null;
  if (offline) return 'offline';
  return slow ? 'slow' : null;
}

/** M-PESA moves whole shillings, 1 to 250,000; cash is not bound by that. */
export function mpesaTrouble(due: Money): Trouble | null {
  if (due < CENTS_PER_SHILLING) return 'below_mpesa';
  if (!isWhole(due)) return 'whole_shillings';
  return due > MPESA_MOST ? 'above_mpesa' : null;
}

/** Cash as typed against what is owed: exact (nothing typed), change, or a part. */
export type CashPlan =
  | { act: 'exact'; tendered: Money }
  | { act: 'change'; tendered: Money; change: Money }
  | { act: 'part'; tendered: Money; left: Money }
  | { act: 'wait'; trouble: Trouble };

export function cashPlan(due: Money, typed: Sum): CashPlan {
  if (!typed.ok) {
    return typed.problem === 'empty'
      ? { act: 'exact', tendered: due }
      : { act: 'wait', trouble: typed.problem };
  }
  const tendered = typed.cents;
  if (tendered === due) return { act: 'exact', tendered };
  if (tendered > due) return { act: 'change', tendered, change: tendered - due };
  return { act: 'part', tendered, left: due - tendered };
}

/** `till 123456` or `paybill 123456`: five to seven digits, as Safaricom gives them out. */
export function isShortCode(text: string): boolean {
  return /^[0-9]{5,7}$/.test(text.trim());
}
