/** The big button's words for every view: always what Enter does. */
import { format, ksh } from '../logic/money';
import type { Counter } from '../state/counter.svelte';
import type { Kind, Money } from '../ipc';
import { toJudge } from '../logic/status';
import { shop } from '../state/till.svelte';
import { t } from '../words';

export interface Primary {
  words: string;
  /** The key drawn on the button. */
  key: string;
  /** Enter would only say what is missing. */
  waiting: boolean;
}

interface PayTo {
  kind: Kind;
  number: string | null;
}

export function primaryOf(counter: Counter, payTo: PayTo): Primary {
  if (counter.overtaken) return does(t('next_customer'));
  switch (counter.view) {
    case 'entry':
      return entry(counter, payTo);
    case 'cash':
      return cash(counter);
    case 'code':
      return code(counter);
    case 'void':
      return does(t('void_go', { amount: ksh(counter.sale?.amount ?? 0) }));
    case 'judge':
      return judge(counter);
    case 'history':
    case 'credit':
    case 'refund':
      return does(t('history_back'));
    case 'receipt':
      return shop.printer.set ? does(t('receipt_print')) : waits(t('receipt_no_printer'));
    case 'failed':
    case 'unknown':
    case 'provisional':
      return again(counter, payTo);
    case 'asking':
    case 'till':
      return does(t('next_customer'), 'N');
    case 'paid':
    case 'voided':
      return does(t('next_customer'));
  }
}

function does(words: string, key = 'Enter'): Primary {
  return { words, key, waiting: false };
}

function waits(words: string): Primary {
  return { words, key: 'Enter', waiting: true };
}

function again(counter: Counter, payTo: PayTo): Primary {
  if (!counter.canSendAgain) return does(t('next_customer'), 'N');
  const amount = ksh(counter.sale?.left ?? 0);
  if (counter.evening !== null) return does(`${paysWords(payTo)} · ${amount}`);
  return does(t('send_again', { amount }));
}

function judge(counter: Counter): Primary {
  const amount = ksh(counter.sale === null ? 0 : (toJudge(counter.sale)?.amount ?? 0));
  if (counter.judged === null) return waits(t('judge_choose'));
  return does(t(counter.judged === 'paid' ? 'judge_go_paid' : 'judge_go_not_paid', { amount }));
}

function entry(counter: Counter, payTo: PayTo): Primary {
  const { plan } = counter;
  switch (plan.act) {
    case 'to_phone':
      return does(t(counter.evening === null ? 'go_to_phone' : 'go_to_digits', { amount: ksh(plan.due) }));
    case 'push':
      return does(t('send_prompt', { amount: ksh(plan.due) }));
    case 'push_regular':
      return does(t('send_prompt_to', { name: plan.name, amount: ksh(plan.due) }));
    case 'till':
      return does(`${paysWords(payTo)} · ${plan.digits === null ? ksh(plan.due) : `··${plan.digits}`}`);
    case 'wait': {
      const { due } = counter;
      return waits(due.ok ? t('send_prompt', { amount: ksh(due.cents) }) : t('type_amount'));
    }
  }
}

export function paysWords(payTo: PayTo): string {
  if (payTo.number === null) return t('pays_somewhere');
  return payTo.kind === 'till'
    ? t('pays_till', { number: payTo.number })
    : t('pays_paybill', { number: payTo.number });
}

function cash(counter: Counter): Primary {
  const plan = counter.cash;
  switch (plan.act) {
    case 'exact':
      return does(t('cash_exact', { amount: ksh(plan.tendered) }));
    case 'change':
      return does(t('cash_change', { cash: format(plan.tendered), change: format(plan.change) }));
    case 'part':
      return does(t('cash_part', { cash: format(plan.tendered), left: format(plan.left) }));
    case 'wait':
      return waits(t('cash_wait'));
  }
}

function code(counter: Counter): Primary {
  const due: Money = counter.due.ok ? counter.due.cents : 0;
  const receipt = counter.code.check?.receipt ?? null;
  if (receipt === null) return waits(t('code_wait'));
  if (counter.code.used) return waits(t('warn_used'));
  return does(t(counter.code.armed ? 'code_take_anyway' : 'code_take', { amount: ksh(due) }));
}
