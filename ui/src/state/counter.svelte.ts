/**
 * The counter: the one sale in hand, and what is half typed.
 *
 * Two desks: `fresh` is the sale not yet begun, `held` belongs to the sale on the counter. Opening
 * a sale from the roll therefore loses nothing of the next one.
 */
import { mutations, queries, toProblem } from '../ipc';
import type { Draft, SaleView } from '../ipc';
import { evaluate } from '../logic/calculator';
import type { Sum } from '../logic/calculator';
import type { Command } from '../logic/keys';
import { readPhone } from '../logic/phone';
import type { PhoneRead } from '../logic/phone';
import { cashPlan, mpesaTrouble, planOf } from '../logic/plan';
import type { CashPlan, Plan } from '../logic/plan';
import { panelOf, pushOnShow, toAskAbout } from '../logic/status';
import type { Panel } from '../logic/status';
import type { PlainKey } from '../words';
import { refusal } from '../words/errors';
import { troubleWords } from '../words/troubles';
import { TypedCode } from './code.svelte';
import { deskOf, emptyDesk } from './desk';
import type { Desk, Mode } from './desk';

export type View = Exclude<Mode, 'sale'> | Panel;

/** How long the whole counter is green, and how long Enter is deaf when an event moved its meaning. */
const FLASH_MS = 2_500;
const DEAF_MS = 350;

/** What the counter must know of the world around it. */
export interface Around {
  readonly connected: boolean;
  readonly offline: boolean;
  readonly slow: boolean;
  /** The newest view of a sale that anything has brought. */
  newest(sale: SaleView): SaleView;
}

export class Counter {
  sale = $state.raw<SaleView | null>(null);
  field = $state<'amount' | 'phone'>('amount');
  error = $state<PlainKey | null>(null);
  busy = $state(false);
  flash = $state(false);
  readonly code = new TypedCode();
  reason = $state('');
  /** `performance.now()` when the sale's view came: waiting is counted on from there. */
  seenAt = $state(0);
  private fresh = $state(emptyDesk('entry'));
  private held = $state(emptyDesk('sale'));
  private movedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly around: Around) {}

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
    return readPhone(this.desk.phone);
  }

  get plan(): Plan {
    const { connected, offline, slow } = this.around;
    const field = this.sale === null ? this.field : 'phone';
    return planOf({ field, sum: this.due, phone: this.phone, connected, offline, slow });
  }

  get cash(): CashPlan {
    const due = this.due;
    if (!due.ok) return { act: 'wait', trouble: due.problem };
    return cashPlan(due.cents, evaluate(this.desk.cash));
  }

  /** The sale ended while something was being typed for it. */
  get overtaken(): boolean {
    return this.sale !== null && this.sale.state !== 'open' && this.held.mode !== 'sale';
  }

  /** An event has just given Enter another meaning: the press was meant for the old one. */
  get deaf(): boolean {
    return performance.now() - this.movedAt < DEAF_MS;
  }

  // What the cashier does

  /** What Enter and the big button do. */
  async enter(): Promise<void> {
    if (this.busy) return;
    if (this.overtaken) return this.next();
    switch (this.view) {
      case 'entry':
        return this.go();
      case 'cash':
        return this.takeCash();
      case 'code':
        return this.takeCode();
      case 'void':
        return this.voidSale();
      case 'failed':
      case 'unknown':
      case 'provisional':
        return this.canSendAgain ? this.sendAgain() : this.next();
      case 'asking':
      case 'till':
      case 'paid':
      case 'voided':
        return this.next();
    }
  }

  command(command: Command): void | Promise<void> {
    if (this.busy) return;
    switch (command) {
      case 'cash':
        return this.turnTo('cash');
      case 'code':
        return this.turnTo('code');
      case 'till':
        return this.payTill();
      case 'next':
        return this.sale === null ? undefined : this.next();
      case 'wrong_number':
        return this.toOtherPhone();
      case 'send_anyway':
        return this.sendAnyway();
      case 'void':
        return this.turnToVoid();
      case 'yes':
        return this.sale !== null && toAskAbout(this.sale) !== null ? this.turnTo('code') : undefined;
      case 'no':
        return this.noMessage();
      case 'keys':
        return;
    }
  }

  /** Esc: one step back. It never cancels a push. */
  back(): void {
    this.error = null;
    if (this.busy) return;
    const { desk } = this;
    if (this.sale !== null) {
      const inside = desk.mode !== 'sale' && !(desk.mode === 'entry' && panelOf(this.sale) === 'entry');
      if (inside && this.sale.state === 'open') this.turn(panelOf(this.sale) === 'entry' ? 'entry' : 'sale');
      else this.next();
    } else if (desk.mode !== 'entry') {
      this.turn('entry');
    } else if (this.field === 'phone') {
      desk.phone = '';
      this.field = 'amount';
    } else {
      desk.amount = '';
      desk.phone = '';
    }
  }

  /** Parks the sale on the roll; what was typed for the next one comes back. */
  next(): void {
    this.sale = null;
    this.flash = false;
    this.error = null;
    this.field = 'amount';
    this.code.forget();
  }

  forget(): void {
    this.next();
    this.fresh = emptyDesk('entry');
  }

  /** Brings a sale from the roll back to the counter. */
  open(sale: SaleView): void {
    if (this.busy) return;
    this.held = emptyDesk(panelOf(sale) === 'entry' ? 'entry' : 'sale');
    this.flash = false;
    this.error = null;
    this.code.forget();
    this.put(this.around.newest(sale));
  }

  // What the world does

  /** A view of any sale came. Only the sale on the counter moves, and never what is being typed. */
  heard(sale: SaleView): void {
    if (this.sale?.id !== sale.id || this.sale.changed_at > sale.changed_at) return;
    const before = this.view;
    const wasOpen = this.sale.state === 'open';
    this.put(sale);
    if (this.view !== before) this.movedAt = performance.now();
    if (wasOpen && sale.state === 'settled' && this.view === 'paid') this.turnGreen();
  }

  /** A countdown ran out: the shell's own word decides, so ask for it. */
  async reread(): Promise<void> {
    if (this.sale === null) return;
    try {
      this.heard(await queries.sale(this.sale.id));
    } catch {
      // The next event brings the view; nothing here depends on this one.
    }
  }

  // Drafts

  get draft(): Draft {
    const { phone, cash, code, mode } = this.desk;
    return { amount: this.fresh.amount, phone, cash, code, mode, sale_id: this.sale?.id ?? null };
  }

  restore(draft: Draft, sale: SaleView | null): void {
    const typed = deskOf(draft);
    if (sale !== null && sale.state === 'open') {
      this.fresh.amount = draft.amount;
      const mode = typed.mode === 'sale' && panelOf(sale) === 'entry' ? 'entry' : typed.mode;
      this.held = { ...typed, amount: '', mode };
      this.put(sale);
    } else if (draft.sale_id !== null) {
      // The sale ended meanwhile: only the next amount is still of use.
      this.fresh.amount = draft.amount;
    } else {
      this.fresh = { ...typed, mode: typed.mode === 'sale' ? 'entry' : typed.mode };
      this.field = draft.phone === '' ? 'amount' : 'phone';
    }
    if (this.desk.code !== '') void this.checkCode();
  }

  // The code field

  async checkCode(): Promise<void> {
    this.error = null;
    try {
      await this.code.look(this.desk.code, this.due.ok ? this.due.cents : 0);
    } catch (thrown) {
      this.error = refusal(toProblem(thrown).code).text;
    }
  }

  get canSendAgain(): boolean {
    return this.sale?.can_send.answer === 'yes' && pushOnShow(this.sale) !== null;
  }

  // Inside

  private async go(): Promise<void> {
    const { plan } = this;
    switch (plan.act) {
      case 'wait':
        this.error = troubleWords(plan.trouble);
        return;
      case 'to_phone':
        this.error = null;
        this.field = 'phone';
        return;
      case 'push':
        return this.push(plan.due, plan.phone);
      case 'till':
        return this.waitForTill(plan.due, plan.digits);
    }
  }

  private push(due: number, phone: string): Promise<void> {
    // A phone typed for a sale that already asked one is another phone.
    const wrongNumber = this.view === 'entry' && this.sale !== null && pushOnShow(this.sale) !== null;
    return this.act(() => mutations.startPush(this.sale?.id ?? null, due, phone, wrongNumber));
  }

  private waitForTill(due: number, digits: string | null): Promise<void> {
    return this.act(() => mutations.waitForTill(this.sale?.id ?? null, due, digits));
  }

  private payTill(): Promise<void> | undefined {
    if (this.overtaken) return undefined;
    const due = this.mpesaDue();
    if (due === null) return undefined;
    const { phone } = this;
    const digits = phone.kind === 'digits' ? phone.digits : phone.kind === 'full' ? phone.last3 : null;
    return this.waitForTill(due, digits);
  }

  private sendAnyway(): Promise<void> | undefined {
    const { plan, phone } = this;
    if (this.view !== 'entry' || plan.act !== 'till' || phone.kind !== 'full') return undefined;
    if (plan.instead === null || plan.instead === 'not_connected') return undefined;
    return this.push(plan.due, phone.local);
  }

  private sendAgain(): Promise<void> | undefined {
    const push = this.sale === null ? null : pushOnShow(this.sale);
    return this.sale === null || push === null ? undefined : this.push(this.sale.left, push.phone);
  }

  private takeCash(): Promise<void> | undefined {
    const { cash, due } = this;
    if (cash.act === 'wait' || !due.ok) {
      this.error = troubleWords(cash.act === 'wait' ? cash.trouble : 'empty');
      return undefined;
    }
    return this.act(
      async () => (await mutations.takeCash(this.sale?.id ?? null, due.cents, cash.tendered)).sale,
    );
  }

  private async takeCode(): Promise<void> {
    const { due, code } = this;
    if (code.check === null) await this.checkCode();
    const receipt = code.takeable;
    if (!due.ok || receipt === null) {
      this.error ??= code.used ? 'error_code_used' : 'warn_shape';
      return;
    }
    if (code.warned && !code.armed) {
      code.armed = true;
      return;
    }
    const { readFrom, warned } = code;
    await this.act(() => mutations.takeCode(this.sale?.id ?? null, due.cents, receipt, readFrom, warned));
  }

  private voidSale(): Promise<void> | undefined {
    const { sale } = this;
    if (sale === null) return undefined;
    const reason = this.reason.trim();
    if (reason === '') {
      this.error = 'void_why_needed';
      return undefined;
    }
    return this.act(() => mutations.voidSale(sale.id, reason));
  }

  private noMessage(): Promise<void> | undefined {
    const push = this.sale === null ? null : toAskAbout(this.sale);
    return push === null ? undefined : this.act(() => mutations.noMessage(push.push_id));
  }

  /** Asking takes as long as Safaricom takes: the counter stays free meanwhile. */
  async askNow(pushId: string): Promise<void> {
    this.error = null;
    try {
      this.heard(await mutations.askNow(pushId));
    } catch (thrown) {
      this.error = refusal(toProblem(thrown).code).text;
    }
  }

  /** One durable act; the sale it answers with stands on the counter. */
  private async act(work: () => Promise<SaleView>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.error = null;
    try {
      this.show(await work());
    } catch (thrown) {
      this.error = refusal(toProblem(thrown).code).text;
    } finally {
      this.busy = false;
    }
  }

  private show(answer: SaleView): void {
    const sale = this.around.newest(answer);
    const wasSettled = this.sale?.state === 'settled';
    if (this.sale === null) this.fresh = emptyDesk('entry');
    this.held = emptyDesk(panelOf(sale) === 'entry' ? 'entry' : 'sale');
    this.code.forget();
    this.put(sale);
    if (sale.state === 'settled' && !wasSettled) this.turnGreen();
  }

  private put(sale: SaleView): void {
    this.sale = sale;
    this.seenAt = performance.now();
  }

  private turnGreen(): void {
    if (this.sale === null || this.sale.status === 'code_not_confirmed') return;
    const { id } = this.sale;
    this.flash = true;
    setTimeout(() => {
      if (this.sale?.id === id) this.flash = false;
    }, FLASH_MS);
  }

  private turn(mode: Mode): void {
    this.error = null;
    this.desk.mode = mode;
    if (mode === 'sale') this.code.forget();
  }

  private turnTo(mode: 'cash' | 'code'): void {
    if (this.sale !== null && this.sale.state !== 'open') return;
    const due = mode === 'code' ? this.mpesaDue() : this.anyDue();
    if (due !== null) this.turn(mode);
  }

  private turnToVoid(): void {
    if (this.sale === null) return;
    if (!this.sale.can_void) this.error = 'cannot_void';
    else {
      this.reason = '';
      this.turn('void');
    }
  }

  private toOtherPhone(): void {
    if (this.sale === null || this.sale.state !== 'open') return;
    this.held.phone = '';
    this.turn('entry');
  }

  private anyDue(): number | null {
    const { due } = this;
    if (due.ok) return due.cents;
    this.error = troubleWords(due.problem);
    return null;
  }

  private mpesaDue(): number | null {
    const due = this.anyDue();
    const trouble = due === null ? null : mpesaTrouble(due);
    if (trouble === null) return due;
    this.error = troubleWords(trouble);
    return null;
  }
}
