/** The till roll: today's sales, the large lines, how many need a look. */
import { queries, toProblem } from '../ipc';
import type { Draft, LinkView, MoneyInView, PaymentEnded, Problem, RollView, SaleView } from '../ipc';
import { withSale } from '../logic/status';

/** How long a payment that ended elsewhere stays large on the roll. */
const LARGE_MS = 9_000;
/** Three parked sales may end in the same moment. */
const MOST_LARGE = 3;
const REREAD_MS = 400;

/** A roll that was asked for in advance; null when there was none to read. */
export type EarlyRoll = Promise<RollView | null>;

export class Roll {
  sales = $state.raw<SaleView[]>([]);
  more = $state(false);
  toLookAt = $state(0);
  loaded = $state(false);
  onlyToLookAt = $state(false);
  moneyIn = $state.raw<MoneyInView[]>([]);
  large = $state.raw<PaymentEnded[]>([]);
  problem = $state<Problem | null>(null);
  private rereading: ReturnType<typeof setTimeout> | undefined;

  /** Reads everything; what events brought meanwhile is kept when it is newer. */
  async load(early?: EarlyRoll): Promise<{ draft: Draft | null; link: LinkView } | null> {
    try {
      const view = (await early) ?? (await queries.roll());
      const newest = view.sales.reduce((last, sale) => (sale.changed_at > last ? sale.changed_at : last), '');
      const read = (id: string): string => view.sales.find((sale) => sale.id === id)?.changed_at ?? newest;
      const heard = this.sales.filter((sale) => sale.changed_at > read(sale.id));
      this.sales = heard.reduce(withSale, view.sales);
      this.more = view.more;
      this.moneyIn = view.money_in;
      this.toLookAt = view.to_look_at;
      this.loaded = true;
      this.problem = null;
      return { draft: view.draft, link: view.link };
    } catch (thrown) {
      this.problem = toProblem(thrown);
      return null;
    }
  }

  find(saleId: string): SaleView | undefined {
    return this.sales.find((sale) => sale.id === saleId);
  }

  heard(sale: SaleView): void {
    this.sales = withSale(this.sales, sale);
    this.changed();
  }

  /** Many words come together: they are read once. */
  changed(): void {
    clearTimeout(this.rereading);
    this.rereading = setTimeout(() => void this.load(), REREAD_MS);
  }

  /** A parked payment ended: it stands large for a while, and takes nothing from the cashier. */
  ended(ended: PaymentEnded): void {
    const others = this.large.filter((other) => other.pushId !== ended.pushId);
    this.large = [ended, ...others].slice(0, MOST_LARGE);
    setTimeout(() => this.settle(ended.pushId), LARGE_MS);
  }

  settle(pushId: string): void {
    this.large = this.large.filter((other) => other.pushId !== pushId);
  }

  forget(): void {
    clearTimeout(this.rereading);
    this.sales = [];
    this.moneyIn = [];
    this.large = [];
    this.loaded = false;
    this.onlyToLookAt = false;
    this.toLookAt = 0;
  }
}
