/**
 * What stands on the counter: the sale, what is half typed, and what Enter would do with it.
 *
 * Two desks: `fresh` is the sale not yet begun, `held` belongs to the sale on the counter. Opening
 * a sale from the roll therefore loses nothing of the next one.
 */
import type { Draft, SaleView } from '../ipc';
import { evaluate } from '../logic/calculator';
import type { Sum } from '../logic/calculator';
import { readPhone } from '../logic/phone';
import type { PhoneRead } from '../logic/phone';
import { badEveningOf, cashPlan, planOf } from '../logic/plan';
import type { BadEvening, CashPlan, Plan } from '../logic/plan';
import { mayHaveMoved, panelOf, pushes, pushOnShow } from '../logic/status';
import type { Panel } from '../logic/status';
import { emptyDesk } from './desk';
import type { Desk, Mode } from './desk';
import { Regulars } from './regulars.svelte';

export type View = Exclude<Mode, 'sale'> | Panel;

/** What the counter must know of the world around it. */
export interface Around {
  readonly connected: boolean;
  readonly offline: boolean;
  readonly slow: boolean;
  /** The newest view of a sale that anything has brought. */
  newest(sale: SaleView): SaleView;
}

export class Desks {
  sale = $state.raw<SaleView | null>(null);
  field = $state<'amount' | 'phone'>('amount');
  readonly regulars = new Regulars();
  protected fresh = $state(emptyDesk('entry'));
  protected held = $state(emptyDesk('sale'));

  constructor(protected readonly around: Around) {}

  get desk(): Desk {
    return this.sale === null ? this.fresh : this.held;
  }

  get view(): View {
    if (this.sale === null || this.held.mode !== 'sale')
      return this.desk.mode === 'sale' ? 'entry' : this.desk.mode;
    return panelOf(this.sale);
  }

  get due(): Sum {
    return this.sale === null
      ? evaluate(this.fresh.amount)
      : { ok: true, cents: this.sale.left, isSum: false };
  }

  get phone(): PhoneRead {
    const one = this.regulars.chosen;
    if (one === null) return readPhone(this.desk.phone);
    return { kind: 'regular', id: one.id, name: one.name, last3: one.phone_masked.slice(-3) };
  }

  get plan(): Plan {
    const { connected, offline, slow } = this.around;
    const field = this.sale === null ? this.field : 'phone';
    return planOf({ field, sum: this.due, phone: this.phone, connected, offline, slow });
  }

  /** Prompts would not arrive: Enter lets the customer pay the till, and the screen says why at once. */
  get evening(): BadEvening | null {
    return badEveningOf(this.around);
  }

  get cash(): CashPlan {
    const due = this.due;
    if (!due.ok) return { act: 'wait', trouble: due.problem };
    return cashPlan(due.cents, evaluate(this.desk.cash));
  }

  /** The sale ended while something was being typed for it. */
  get overtaken(): boolean {
    const looking = ['sale', 'history', 'receipt', 'refund'].includes(this.held.mode);
    return this.sale !== null && this.sale.state !== 'open' && !looking;
  }

  /** Nobody is invited to send again while money of this sale may have moved. */
  get canSendAgain(): boolean {
    const { sale } = this;
    if (sale === null || sale.can_send.answer !== 'yes' || pushOnShow(sale) === null) return false;
    return !pushes(sale).some(mayHaveMoved);
  }

  get draft(): Draft {
    const { phone, cash, code, mode } = this.desk;
    const kept = ['credit', 'judge', 'history', 'receipt', 'refund'].includes(mode) ? 'sale' : mode;
    return { amount: this.fresh.amount, phone, cash, code, mode: kept, sale_id: this.sale?.id ?? null };
  }
}
