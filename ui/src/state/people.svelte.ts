/** Who is at the till, and who works here, as the shell says it: the page only shows what makes sense. */
import { mutations, queries, toProblem } from '../ipc';
import type { DeskView, Role } from '../ipc';
import type { PlainKey } from '../words';
import { refusal } from '../words/errors';

const RANK: Record<Role, number> = { cashier: 0, manager: 1, owner: 2 };
/** The shell is told that somebody is here at most this often. */
const TOUCH_MS = 20_000;

export class People {
  desk = $state.raw<DeskView | null>(null);
  /** Somebody else wants to take over, and has not said who yet. */
  switching = $state(false);
  private touched = 0;

  get told(): boolean {
    return (this.desk?.people.length ?? 0) > 0;
  }

  get locked(): boolean {
    return this.desk?.locked ?? false;
  }

  get name(): string | null {
    return this.desk?.person?.name ?? null;
  }

  /** Of at least this role, or in a shop that tells nobody apart. */
  is(role: Role): boolean {
    if (!this.told) return true;
    const person = this.desk?.person ?? null;
    return person !== null && RANK[person.role] >= RANK[role];
  }

  put(desk: DeskView): void {
    if (desk.person?.id !== this.desk?.person?.id) this.switching = false;
    this.desk = desk;
  }

  async load(): Promise<void> {
    try {
      this.put(await queries.desk());
    } catch {
      // At the doors nobody is anybody; the shell itself knows who may do what.
      this.desk = null;
    }
  }

  /** What is wrong, or nothing. */
  async does(work: () => Promise<DeskView>): Promise<PlainKey | null> {
    try {
      this.put(await work());
      return null;
    } catch (thrown) {
      return refusal(toProblem(thrown).code).text;
    }
  }

  async lock(): Promise<void> {
    if (this.told) await this.does(() => mutations.lock());
  }

  /** A key or a finger: the till stays awake. */
  touch(): void {
    if (!this.told || this.locked || Date.now() - this.touched < TOUCH_MS) return;
    this.touched = Date.now();
    void mutations.touch().catch(() => null);
  }
}

export const people = new People();
