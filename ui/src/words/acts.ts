/** What a manager is asked to allow, in words. */
import type { Act } from '../ipc/types';
import type { PlainKey } from '.';

const TABLE: Partial<Record<Act, PlainKey>> = {
  close_others_shift: 'act_others_shift',
  void_taken: 'act_void_taken',
  void_live: 'act_void_live',
  refund: 'act_refund',
  judge: 'act_judge',
  confirm_clock: 'act_confirm_clock',
  from_paper: 'act_from_paper',
  credit_beyond_limit: 'act_credit_beyond_limit',
  write_off: 'act_write_off',
  change_customer: 'act_customers',
  see_customers: 'act_customers',
  see_day: 'act_see_day',
  close_day: 'act_close_day',
  export: 'act_export',
  take_statement: 'act_take_statement',
  see_log: 'act_see_log',
  verify: 'act_verify',
  settings: 'act_settings',
};

export function actWords(act: Act): PlainKey {
  return TABLE[act] ?? 'act_other';
}
