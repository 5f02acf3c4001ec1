/**
 * Regulars whose phone ends with what is typed. They are offered, and never in the way: until one is chosen by a key
 * or a finger, Enter means what it meant before.
 */
import { queries } from '../ipc';
import type { KnownCustomer } from '../ipc';
import { mayEndWith } from '../logic/phone';

/** A row of the counter; whoever types one more digit sees fewer. */
const SHOWN = 3;

export class Regulars {
  found = $state.raw<KnownCustomer[]>([]);
  chosen = $state.raw<KnownCustomer | null>(null);
  private asked = 0;

  get shown(): KnownCustomer[] {
    return this.found.slice(0, SHOWN);
  }

  /** Something else is typed: nobody is chosen any more. Whom it may mean is asked beside the typing. */
  async look(typed: string): Promise<void> {
    const mine = ++this.asked;
    this.chosen = null;
    const digits = mayEndWith(typed);
    if (digits === null) {
      this.found = [];
      return;
    }
    // Without an answer nobody is offered, and the typing goes on.
    const found = await queries.regulars(digits).catch(() => []);
    if (mine === this.asked) this.found = found;
  }

  /** One down or up; above the first nobody is chosen. Nothing where there is no such way. */
  move(step: 1 | -1): boolean {
    const { shown } = this;
    const from = shown.findIndex((one) => one.id === this.chosen?.id);
    if (shown.length === 0 || (step < 0 && from < 0)) return false;
    this.chosen = shown[Math.min(from + step, shown.length - 1)] ?? null;
    return true;
  }

  choose(one: KnownCustomer): void {
    this.chosen = this.chosen?.id === one.id ? null : one;
  }

  forget(): void {
    this.asked += 1;
    this.found = [];
    this.chosen = null;
  }
}
