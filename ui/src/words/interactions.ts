/** What Keshia wanted of Safaricom, and what came of it. */
import type { Interaction, InteractionKind } from '../ipc/types';
import { t, type PlainKey } from '.';
import { longWhy } from './reasons';

const KINDS: Record<InteractionKind, PlainKey> = {
  token: 'log_token',
  push: 'log_push',
  question: 'log_question',
  pull: 'log_pull',
  register: 'log_register',
  simulate: 'log_simulate',
  other: 'log_other',
};

export function wanted(row: Interaction): string {
  return t(KINDS[row.kind]);
}

export function answered(row: Interaction): string {
  const answer = row.answer;
  switch (answer.word) {
    case 'accepted':
      return t('log_accepted');
    case 'paid':
      return t('state_paid');
    case 'ended':
    case 'not_sent':
      return t(longWhy(answer.reason));
    case 'pending':
      return t('log_pending');
    case 'too_often':
      return t('why_too_fast_long');
    case 'refused':
      return t('log_refused');
    case 'trouble':
      return t('why_server_error_long');
    case 'no_answer':
      return t('why_timeout_long');
    case 'connection_lost':
      return t('why_connection_lost_long');
  }
}

/** `0.4 s`: how long Safaricom took. */
export function took(row: Interaction): string {
  return t('log_took', { s: (row.duration_ms / 1000).toFixed(1) });
}
