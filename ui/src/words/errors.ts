/** The one table for everything the shell refuses: how bad it is, what to say, what to offer. */
import type { Code } from '../ipc/types';
import type { PlainKey } from '.';

/** `slip`: correct it and go on. `wait`: the world is in the way. `stop`: the till cannot work. */
export type Severity = 'slip' | 'wait' | 'stop';
export type Action = 'fix' | 'connect' | 'again' | 'restart';

export interface Refusal {
  severity: Severity;
  text: PlainKey;
  action: Action;
}

const slip = (text: PlainKey): Refusal => ({ severity: 'slip', text, action: 'fix' });
const wait = (text: PlainKey, action: Action = 'again'): Refusal => ({ severity: 'wait', text, action });
const stop = (text: PlainKey): Refusal => ({ severity: 'stop', text, action: 'restart' });

const TABLE: Record<Code, Refusal> = {
  amount_invalid: slip('error_amount_invalid'),
  phone_invalid: slip('error_phone_invalid'),
  code_invalid: slip('error_code_invalid'),
  code_used: slip('error_code_used'),
  code_warned: slip('error_code_warned'),
  push_live: wait('error_push_live'),
  sale_ended: slip('error_sale_ended'),
  not_found: slip('error_not_found'),
  not_connected: wait('error_not_connected', 'connect'),
  number_invalid: slip('number_wrong'),
  keys_missing: wait('error_keys_missing', 'connect'),
  wrong_keys: slip('error_wrong_keys'),
  no_network: wait('error_no_network'),
  captive_portal: wait('error_captive_portal'),
  clock_wrong: wait('error_clock_wrong'),
  server_trouble: wait('error_server_trouble'),
  not_secure: wait('error_not_secure'),
  address_invalid: stop('error_address_invalid'),
  disk_full: stop('error_disk_full'),
  disk_read_only: stop('error_disk_read_only'),
  disk_error: stop('error_disk_error'),
  database_newer: stop('error_database_newer'),
  database_corrupt: stop('error_database_corrupt'),
  database_in_use: stop('error_database_in_use'),
  keyring: wait('error_keyring'),
  statement_unreadable: slip('error_statement'),
  pin_weak: slip('error_pin_weak'),
  pin_wrong: slip('error_pin_wrong'),
  pin_slow: wait('error_pin_slow'),
  locked: wait('error_locked'),
  not_permitted: slip('error_not_permitted'),
  passphrase_needed: slip('error_passphrase_needed'),
  no_printer: slip('error_no_printer'),
  not_allowed: slip('error_not_allowed'),
  recovery_code: slip('error_recovery_code'),
  other_pc: stop('error_other_pc'),
  busy: wait('error_busy'),
  stopped: slip('progress_stopped'),
  internal: stop('error_internal'),
};

export function refusal(code: string): Refusal {
  return (TABLE as Record<string, Refusal>)[code] ?? TABLE.internal;
}

/** Why there is no copy of the book of today. */
export function noBackup(code: Code): PlainKey {
  switch (code) {
    case 'disk_full':
      return 'backup_disk_full';
    case 'disk_read_only':
      return 'backup_disk_read_only';
    case 'database_corrupt':
      return 'backup_damaged';
    default:
      return 'backup_failed';
  }
}
