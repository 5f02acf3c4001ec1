/** What an entry on a debt is, in words; and a whole statement as text for a message. */
import type { DebtLineKind, DebtStatementView } from '../ipc/types';
import { format, ksh } from '../logic/money';
import { dateWords, day } from '../logic/time';
import { t, type PlainKey } from '.';

export const DEBT_WORDS: Record<DebtLineKind, PlainKey> = {
  given: 'debt_given',
  given_up: 'debt_given_up',
  refunded: 'debt_refunded',
  paid_off: 'debt_paid_off',
  owed_again: 'debt_owed_again',
  written_off: 'debt_written_off',
};

/** One line each, so that it reads well on a phone. */
export function statementText(story: DebtStatementView, shopName: string): string {
  const lines = story.lines.map((line) => {
    const what = [t(DEBT_WORDS[line.kind]), line.reference ?? ''].filter(Boolean).join(' ');
    const sign = line.amount > 0 ? '+' : '−';
    return `${dateWords(day(line.at))}: ${what} ${sign}${format(Math.abs(line.amount))} = ${format(line.balance)}`;
  });
  const owed = `${t('owed_now')}: ${ksh(story.customer.owed)}`;
  return [`${shopName} · ${story.customer.name}`, ...lines, owed].join('\n');
}
