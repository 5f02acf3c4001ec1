/** Why a push stands where it stands: one word for the roll, one sentence for the counter. */
import type { Reason } from '../ipc/types';
import type { PlainKey } from '.';

interface Why {
  short: PlainKey;
  long: PlainKey;
}

const TABLE: Record<Reason, Why> = {
  no_balance: { short: 'why_no_balance', long: 'why_no_balance_long' },
  below_minimum: { short: 'why_limit', long: 'why_below_minimum_long' },
  above_maximum: { short: 'why_limit', long: 'why_above_maximum_long' },
  daily_limit: { short: 'why_limit', long: 'why_daily_limit_long' },
  shop_account_full: { short: 'why_till_setup', long: 'why_shop_account_full_long' },
  same_again: { short: 'why_not_paid', long: 'why_same_again_long' },
  mpesa_busy: { short: 'why_mpesa_busy', long: 'why_mpesa_busy_long' },
  customer_busy: { short: 'why_not_paid', long: 'why_customer_busy_long' },
  expired: { short: 'why_expired', long: 'why_expired_long' },
  cancelled: { short: 'why_cancelled', long: 'why_cancelled_long' },
  no_answer: { short: 'why_no_answer', long: 'why_no_answer_long' },
  wrong_pin: { short: 'why_wrong_pin', long: 'why_wrong_pin_long' },
  prompt_failed: { short: 'why_prompt_failed', long: 'why_prompt_failed_long' },
  customer_locked: { short: 'why_not_paid', long: 'why_customer_locked_long' },
  till_setup: { short: 'why_till_setup', long: 'why_till_setup_long' },
  other_result: { short: 'why_not_paid', long: 'why_other_long' },

  bad_phone: { short: 'why_not_sent', long: 'why_bad_phone_long' },
  bad_amount: { short: 'why_not_sent', long: 'why_bad_amount_long' },
  bad_request: { short: 'why_not_sent', long: 'why_bad_request_long' },
  wrong_short_code: { short: 'why_till_setup', long: 'why_wrong_short_code_long' },
  wrong_passkey: { short: 'why_till_setup', long: 'why_wrong_passkey_long' },
  wrong_keys: { short: 'why_till_setup', long: 'why_wrong_keys_long' },
  too_fast: { short: 'why_not_sent', long: 'why_too_fast_long' },
  quota: { short: 'why_not_sent', long: 'why_quota_long' },
  not_offered: { short: 'why_till_setup', long: 'why_not_offered_long' },

  no_network: { short: 'why_not_sent', long: 'why_no_network_long' },
  no_secure_connection: { short: 'why_not_sent', long: 'why_not_secure_long' },
  clock_wrong: { short: 'why_not_sent', long: 'why_clock_wrong_long' },
  captive_portal: { short: 'why_not_sent', long: 'why_captive_portal_long' },
  server_trouble: { short: 'why_not_sent', long: 'why_server_trouble_long' },
  stopped_before: { short: 'why_not_sent', long: 'why_stopped_before_long' },
  withdrawn: { short: 'why_not_sent', long: 'why_withdrawn_long' },

  timeout: { short: 'line_not_known', long: 'why_timeout_long' },
  connection_lost: { short: 'line_not_known', long: 'why_connection_lost_long' },
  server_error: { short: 'line_not_known', long: 'why_server_error_long' },
  unreadable: { short: 'line_not_known', long: 'why_unreadable_long' },
  phone_locked: { short: 'line_not_known', long: 'why_phone_locked_long' },
  system_busy: { short: 'line_not_known', long: 'why_system_busy_long' },
  stopped_during: { short: 'line_not_known', long: 'why_stopped_during_long' },
  no_result: { short: 'line_not_known', long: 'why_no_result_long' },

  nothing_found: { short: 'why_not_paid', long: 'why_nothing_found_long' },
  persons_word: { short: 'why_not_paid', long: 'why_persons_word_long' },
};

export function isReason(word: string): word is Reason {
  return Object.hasOwn(TABLE, word);
}

export function shortWhy(reason: Reason | null): PlainKey {
  return reason === null ? 'why_not_paid' : TABLE[reason].short;
}

export function longWhy(reason: Reason | null): PlainKey {
  return reason === null ? 'why_other_long' : TABLE[reason].long;
}
