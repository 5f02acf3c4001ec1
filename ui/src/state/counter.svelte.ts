/**
 * The counter: the one sale in hand. What stands there is in `desks.svelte.ts`; here is what the
 * cashier and the world do with it.
 */
import { mutations, queries, toProblem } from '../ipc';
import type { Draft, GiveBackWay, Money, SaleView } from '../ipc';
import type { Command } from '../logic/keys';
import { mpesaTrouble } from '../logic/plan';
import { panelOf, pushOnShow, toAskAbout, toJudge } from '../logic/status';
import type { PlainKey } from '../words';
import { refusal } from '../words/errors';
import { troubleWords } from '../words/troubles';
import { TypedCode } from './code.svelte';
import { deskOf, emptyDesk } from './desk';
import type { Mode } from './desk';
import { Desks } from './desks.svelte';

/** How long the whole counter is green, and how long Enter is deaf when an event moved its meaning. */
const FLASH_MS = 2_500;
const DEAF_MS = 350;

/** What goes back to a customer, and how; `code` is M-PESA's when it was sent from the shop's phone. */
export interface GiveBack {
  amount: Money;
  way: GiveBackWay;
  code: string;
  owed: boolean;
  reason: string;
}

export class Counter extends Desks {
  error = $state<PlainKey | null>(null);
  busy = $state(false);
  flash = $state(false);
  readonly code = new TypedCode();
  reason = $state('');
  /** The sale that was given up just now: only then is its cash still to go over the counter. */
  gaveUp = $state<string | null>(null);
  /** How a person answers for a push; nothing is chosen for anybody. */
  judged = $state<'paid' | 'not_paid' | null>(null);
  /** The sale whose receipt was asked for last. */
  printAsked = $state<string | null>(null);
  /** `performance.now()` when the sale's view came: waiting is counted on from there. */
  seenAt = $state(0);
  private movedAt = Number.NEGATIVE_INFINITY;

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
      case 'judge':
        return this.judge();
      case 'history':
        return this.home();
      case 'receipt':
        return this.printReceipt();
      case 'credit':
      case 'refund':
        // Their panels take Enter themselves.
        return;
      case 'failed':
      case 'unknown':
      case 'provisional':
        if (!this.canSendAgain) return this.next();
        return this.evening === null ? this.sendAgain() : this.payTill();
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
      case 'credit':
        return this.turnTo('credit');
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
      case 'judge':
        return this.turnToJudge();
      case 'history':
        return this.sale === null ? undefined : this.turn('history');
      case 'receipt':
        if (this.sale?.state !== 'settled') return undefined;
        return this.view === 'receipt' ? this.printReceipt() : this.turn('receipt');
      case 'print_late':
        return this.printLate(true);
      case 'refund':
        return this.refundable ? this.turn('refund') : undefined;
      case 'keys':
      case 'lock':
      case 'give':
      case 'make':
      case 'drawer':
      case 'close_day':
      case 'paper':
        return;
    }
  }

  /** Esc: one step back. It never cancels a push. */
  back(): void {
    this.error = null;
    if (this.busy) return;
    const { desk, regulars } = this;
    if (this.view === 'entry' && regulars.chosen !== null) {
      regulars.chosen = null;
      return;
    }
    if (this.sale !== null) {
      const inside = desk.mode !== 'sale' && !(desk.mode === 'entry' && panelOf(this.sale) === 'entry');
      if (inside && (this.sale.state === 'open' || ['history', 'receipt', 'refund'].includes(desk.mode)))
        this.home();
      else this.next();
    } else if (desk.mode !== 'entry') {
      this.turn('entry');
    } else {
      if (this.field === 'amount') desk.amount = '';
      desk.phone = '';
      this.field = 'amount';
      regulars.forget();
    }
  }

  /** Parks the sale on the roll; what was typed for the next one comes back. */
  next(): void {
    this.sale = null;
    // What Enter means now was said by the cashier, not by an event.
    this.movedAt = Number.NEGATIVE_INFINITY;
    this.flash = false;
    this.gaveUp = null;
    this.error = null;
    this.field = 'amount';
    this.code.forget();
    this.regulars.forget();
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
    this.gaveUp = null;
    this.error = null;
    this.code.forget();
    this.regulars.forget();
    this.put(this.around.newest(sale));
  }

  /** Money that was there first has become this sale: it stands on the counter, unless another is typed there. */
  took(sale: SaleView): void {
    const { amount, phone } = this.fresh;
    const typed = this.due.ok && this.due.cents === sale.amount ? '' : amount.trim();
    if (this.sale === null && this.view === 'entry' && typed === '' && phone === '') this.show(sale);
  }

  // What the world does

  /** A view of any sale came. Only the sale on the counter moves, and never what is being typed. */
  heard(sale: SaleView): void {
    if (this.sale?.id !== sale.id || this.sale.changed_at > sale.changed_at) return;
    const before = this.view;
    const wasOpen = this.sale.state === 'open';
    this.put(sale);
    // A witness told after all: there is nothing left to answer for.
    if (this.view === 'judge' && sale.state === 'open' && toJudge(sale) === null) this.home();
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
    void this.regulars.look(this.desk.phone);
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

  // Giving back

  /** A sale that is over may have something to give back; of one that was given up only what is owed. */
  get refundable(): boolean {
    const { sale } = this;
    const looking = this.desk.mode === 'sale' || this.desk.mode === 'history';
    if (sale === null || !looking) return false;
    return sale.state === 'settled' || (sale.state === 'voided' && sale.matters.length > 0);
  }

  async refund(back: GiveBack): Promise<void> {
    const { sale } = this;
    if (sale === null) return;
    const { amount, way, code, owed, reason } = back;
    await this.act(() => mutations.refund(sale.id, amount, way, code, owed, reason));
  }

  // Paying later

  giveCredit(customerId: string, part: Money, reason: string | null): Promise<void> {
    const { due } = this;
    if (!due.ok) return Promise.resolve();
    return this.act(() => mutations.giveCredit(this.sale?.id ?? null, due.cents, customerId, part, reason));
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
      case 'push_regular':
        return this.pushRegular(plan.due, plan.id);
      case 'till':
        return this.waitForTill(plan.due, plan.digits);
    }
  }

  private push(due: number, phone: string): Promise<void> {
    const { otherPhone } = this;
    return this.act(() => mutations.startPush(this.sale?.id ?? null, due, phone, otherPhone));
  }

  private pushRegular(due: number, id: string): Promise<void> {
    const { otherPhone } = this;
    return this.act(() => mutations.promptRegular(this.sale?.id ?? null, due, id, otherPhone));
  }

  /** A phone typed for a sale that already asked one is another phone. */
  private get otherPhone(): boolean {
    return this.view === 'entry' && this.sale !== null && pushOnShow(this.sale) !== null;
  }

  private waitForTill(due: number, digits: string | null): Promise<void> {
    return this.act(() => mutations.waitForTill(this.sale?.id ?? null, due, digits));
  }

  private payTill(): Promise<void> | undefined {
    if (this.overtaken) return undefined;
    const due = this.mpesaDue();
    if (due === null) return undefined;
    const { phone } = this;
    const known = phone.kind === 'full' || phone.kind === 'regular' ? phone.last3 : null;
    const digits = phone.kind === 'digits' ? phone.digits : known;
    return this.waitForTill(due, digits);
  }

  private sendAnyway(): Promise<void> | undefined {
    if (this.evening === null) return undefined;
    if (this.view !== 'entry') return this.canSendAgain ? this.sendAgain() : undefined;
    const due = this.mpesaDue();
    if (due === null) return undefined;
    const { phone } = this;
    if (phone.kind === 'full') return this.push(due, phone.local);
    if (phone.kind === 'regular') return this.pushRegular(due, phone.id);
    this.field = 'phone';
    this.error = 'send_anyway_phone';
    return undefined;
  }

  private sendAgain(): Promise<void> | undefined {
    const push = this.sale === null ? null : pushOnShow(this.sale);
    return push === null ? undefined : this.act(() => mutations.sendAgain(push.push_id));
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

  private async voidSale(): Promise<void> {
    const { sale } = this;
    if (sale === null) return;
    const reason = this.reason.trim();
    if (reason === '') {
      this.error = 'void_why_needed';
      return;
    }
    await this.act(() => mutations.voidSale(sale.id, reason));
    if (this.sale?.id === sale.id && this.sale.state === 'voided') this.gaveUp = sale.id;
  }

  private judge(): Promise<void> | undefined {
    const { sale, judged } = this;
    const push = sale === null ? null : toJudge(sale);
    const reason = this.reason.trim();
    if (push === null) return undefined;
    if (judged === null) this.error = 'judge_choose';
    else if (reason === '') this.error = 'judge_why_needed';
    else return this.act(() => mutations.judge(push.push_id, judged === 'paid', reason));
    return undefined;
  }

  private noMessage(): Promise<void> | undefined {
    const push = this.sale === null ? null : toAskAbout(this.sale);
    return push === null ? undefined : this.act(() => mutations.noMessage(push.push_id));
  }

  /** What the printer makes of it is told by its own word; the counter waits for nothing. */
  private async printReceipt(): Promise<void> {
    if (this.sale === null) return;
    this.error = null;
    try {
      await mutations.printReceipt(this.sale.id);
      this.printAsked = this.sale.id;
    } catch (thrown) {
      this.error = refusal(toProblem(thrown).code).text;
    }
  }

  /** What waited too long is printed now, or nobody wants it any more. */
  async printLate(wanted: boolean): Promise<void> {
    try {
      await mutations.printLate(wanted);
    } catch (thrown) {
      this.error = refusal(toProblem(thrown).code).text;
    }
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
    this.regulars.forget();
    this.put(sale);
    if (sale.state === 'settled' && !wasSettled) this.turnGreen();
  }

  private put(sale: SaleView): void {
    this.sale = sale;
    this.seenAt = performance.now();
  }

  private turnGreen(): void {
    // Green is for money that is there.
    if (this.sale === null || ['code_not_confirmed', 'on_credit'].includes(this.sale.status)) return;
    const { id } = this.sale;
    this.flash = true;
    setTimeout(() => {
      if (this.sale?.id === id) this.flash = false;
    }, FLASH_MS);
  }

  private turn(mode: Mode): void {
    this.error = null;
    // Who chose it knows what Enter means there.
    this.movedAt = Number.NEGATIVE_INFINITY;
    this.desk.mode = mode;
    if (mode === 'sale') this.code.forget();
  }

  /** Back to what the sale itself demands. */
  private home(): void {
    this.turn(this.sale !== null && panelOf(this.sale) === 'entry' ? 'entry' : 'sale');
  }

  private turnTo(mode: 'cash' | 'code' | 'credit'): void {
    if (this.sale !== null && this.sale.state !== 'open') return;
    if (mode === 'credit' && this.sale?.pays_off === true) return;
    const due = mode === 'code' ? this.mpesaDue() : this.anyDue();
    if (due !== null) this.turn(mode);
  }

  private turnToVoid(): void {
    if (this.sale === null) return;
    if (this.sale.void_needs === null) this.error = 'cannot_void';
    else {
      this.reason = '';
      this.turn('void');
    }
  }

  private turnToJudge(): void {
    if (this.sale === null || toJudge(this.sale) === null) return;
    this.reason = '';
    this.judged = null;
    this.turn('judge');
  }

  private toOtherPhone(): void {
    if (this.sale === null || this.sale.state !== 'open') return;
    this.held.phone = '';
    this.regulars.forget();
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
