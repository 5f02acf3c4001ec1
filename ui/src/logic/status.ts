/** What a sale's facts mean on the screen: which panel, which mark, which sentence. Pure. */
import type { CodeWarning, Money, PushView, SaleStatus, SaleView, TenderView } from '../ipc/types';

/** The counter's face for a sale. */
export type Panel = 'entry' | 'asking' | 'till' | 'unknown' | 'provisional' | 'failed' | 'paid' | 'voided';

const PANELS: Record<SaleStatus, Panel> = {
  open: 'entry',
  sending: 'asking',
  waiting: 'asking',
  not_known: 'unknown',
  failed_provisional: 'provisional',
  not_paid: 'failed',
  waiting_till: 'till',
  paid: 'paid',
  paid_cash: 'paid',
  code_not_confirmed: 'paid',
  on_credit: 'paid',
  voided: 'voided',
};

export function panelOf(sale: SaleView): Panel {
  return PANELS[sale.status];
}

/** The four meanings of colour, and no more. */
export type Tone = 'paid' | 'waiting' | 'not_paid' | 'ink';
export type MarkShape = 'full' | 'ring' | 'quarter' | 'cross' | 'bang' | 'empty';

export interface Sign {
  tone: Tone;
  mark: MarkShape;
}

export function signOf(sale: SaleView): Sign {
  switch (sale.status) {
    case 'open':
      return { tone: 'ink', mark: 'empty' };
    case 'sending':
    case 'waiting':
    case 'waiting_till':
      return { tone: 'waiting', mark: 'quarter' };
    case 'not_known':
    case 'failed_provisional':
    case 'code_not_confirmed':
      return { tone: 'waiting', mark: 'bang' };
    case 'not_paid':
    case 'voided':
      return { tone: sale.status === 'voided' ? 'ink' : 'not_paid', mark: 'cross' };
    // Paid is paid: a number that is not known yet is a fact to see, not an alarm at each sale.
    case 'paid':
      if (wasTakenBack(sale)) return { tone: 'waiting', mark: 'bang' };
      return { tone: 'paid', mark: sale.proof === 'not_proved' ? 'ring' : 'full' };
    case 'paid_cash':
      return { tone: 'paid', mark: 'full' };
    // Not a question, but not money either.
    case 'on_credit':
      return { tone: 'ink', mark: 'ring' };
  }
}

/** M-PESA reversed a payment of it: it was paid, and the shop does not have the money. */
export function wasTakenBack(sale: SaleView): boolean {
  return sale.matters.some((matter) => matter.kind === 'reversed_after_sale');
}

export type PushTender = TenderView & { kind: 'push' } & PushView;

export function pushes(sale: SaleView): PushTender[] {
  return sale.tenders.filter((tender): tender is PushTender => tender.kind === 'push');
}

/**
 * The push that the counter talks about: the newest that is in the state the sale's status names
 * (an older prompt may still be watched beside it), else simply the newest.
 */
export function pushOnShow(sale: SaleView): PushTender | null {
  const all = pushes(sale).toReversed();
  const wanted = all.find((push) => speaksFor(push, sale.status));
  return wanted ?? all[0] ?? null;
}

function speaksFor(push: PushView, status: SaleStatus): boolean {
  switch (push.state) {
    case 'intended':
    case 'sending':
      return status === 'sending';
    case 'prompted':
      return status === 'waiting';
    case 'unknown':
    case 'awaits_statement':
      return status === 'not_known';
    case 'failed_provisional':
      return status === 'failed_provisional';
    case 'not_sent':
    case 'refused':
    case 'failed':
      return status === 'not_paid';
    case 'paid':
      return status === 'paid';
  }
}

/** The question to the customer may be asked about this push now. */
export function toAskAbout(sale: SaleView): PushTender | null {
  return pushes(sale).find((push) => push.ask_customer && !push.no_message) ?? null;
}

/** Notes that went back over the counter with the newest cash. */
export function changeOf(sale: SaleView): Money {
  const cash = sale.tenders.filter((tender) => tender.kind === 'cash').at(-1);
  return cash?.kind === 'cash' ? cash.change : 0;
}

export function cashTaken(sale: SaleView): Money {
  return sale.tenders.reduce((sum, tender) => (tender.kind === 'cash' ? sum + tender.amount : sum), 0);
}

/** What is to be paid later. */
export function creditOf(sale: SaleView): Money {
  return sale.tenders.reduce((sum, tender) => (tender.kind === 'credit' ? sum + tender.amount : sum), 0);
}

/** The M-PESA receipt number or typed code of one part, once it is known. */
export function receiptOf(tender: TenderView): string | null {
  return tender.kind === 'cash' || tender.kind === 'credit' ? null : tender.receipt;
}

/** Every M-PESA receipt number or typed code on the sale. */
export function receiptsOf(sale: SaleView): string[] {
  return sale.tenders.flatMap((tender) => receiptOf(tender) ?? []);
}

/** The parts that are money: what was only asked for is none. */
export function partsOf(sale: SaleView): TenderView[] {
  return sale.tenders.filter((tender) => {
    switch (tender.kind) {
      case 'cash':
      case 'code':
      case 'credit':
        return true;
      case 'push':
        return tender.state === 'paid';
      case 'to_till':
        return tender.receipt !== null;
    }
  });
}

/** Nobody but a person, or the statement, can tell any more what became of this push. */
export function toJudge(sale: SaleView): PushTender | null {
  return pushes(sale).find((push) => push.judge) ?? null;
}

/** Neither a witness nor the customer has said that the money stayed where it was. */
export function mayHaveMoved(push: PushView): boolean {
  return push.state === 'awaits_statement' || (push.state === 'unknown' && !push.no_message);
}

/** A prompt of it may still be paid, whatever became of the sale. */
export function mayCome(sale: SaleView): boolean {
  return pushes(sale).some((push) => {
    switch (push.state) {
      case 'intended':
      case 'sending':
      case 'prompted':
      case 'unknown':
      case 'awaits_statement':
        return true;
      case 'failed':
        return push.blocks;
      case 'paid':
      case 'not_sent':
      case 'refused':
        return false;
    }
  });
}

/** Does a person have to look at this sale? */
export function needsLook(sale: SaleView): boolean {
  return (
    sale.matters.length > 0 ||
    sale.status === 'not_known' ||
    sale.status === 'code_not_confirmed' ||
    (sale.state === 'settled' && (sale.proof === 'not_proved' || sale.proof === 'not_confirmed'))
  );
}

/** A used code is refused; everything else only warns. */
export function refuses(warnings: CodeWarning[]): boolean {
  return warnings.some((warning) => warning.kind === 'used' || warning.kind === 'shape');
}

/** Newest first, each sale once; an older view never replaces a newer one. */
export function withSale(sales: SaleView[], sale: SaleView): SaleView[] {
  const known = sales.find((other) => other.id === sale.id);
  if (known !== undefined && known.changed_at > sale.changed_at) return sales;
  const others = sales.filter((other) => other.id !== sale.id);
  return [sale, ...others].sort((a, b) => b.opened_at.localeCompare(a.opened_at));
}
