/** Something that a screen asks of the shell: one at a time, and a refusal becomes words beside it. */
import { toProblem } from '../ipc';
import type { PlainKey } from '../words';
import { refusal } from '../words/errors';

export class Attempt {
  busy = $state(false);
  error = $state<PlainKey | null>(null);

  /** Does it, unless something is being done already. */
  async act(work: () => Promise<unknown>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.error = null;
    try {
      await work();
    } catch (thrown) {
      this.error = refusal(toProblem(thrown).code).text;
    } finally {
      this.busy = false;
    }
  }
}
