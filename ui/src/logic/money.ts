/** Money is integer cents everywhere; only these functions turn it into what a person reads. */
import type { Money } from '../ipc/types';

export const CENTS_PER_SHILLING = 100;
/** Safaricom, "M-PESA rates and limits": the largest single M-PESA payment, in shillings. */
export const MPESA_MOST: Money = 250_000 * CENTS_PER_SHILLING;
/** The till's own ceiling for one sale (KSh 100 billion), the same as in `till::Money`. */
export const MOST: Money = 10 ** 13;

/** `1,250`, or `1,250.50` when there are cents. */
export function format(cents: Money): string {
  const sign = cents < 0 ? '−' : '';
  const whole = Math.trunc(Math.abs(cents) / CENTS_PER_SHILLING);
  const rest = Math.abs(cents) % CENTS_PER_SHILLING;
  return sign + group(String(whole)) + (rest === 0 ? '' : `.${String(rest).padStart(2, '0')}`);
}

/** `KSh 1,250`, with a space that never breaks. */
export function ksh(cents: Money): string {
  return `KSh\u00a0${format(cents)}`;
}

/** Thousands commas into a run of digits. */
export function group(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}

export function isWhole(cents: Money): boolean {
  return cents % CENTS_PER_SHILLING === 0;
}
