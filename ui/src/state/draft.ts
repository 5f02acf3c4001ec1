/** Writes down what is half typed, soon after it was typed and at once when the panel turns. */
import { mutations } from '../ipc';
import type { Draft } from '../ipc';

/** Long enough to gather a burst of keys, short enough that a power cut takes one at most. */
const PAUSE_MS = 120;

export class DraftKeeper {
  private written = '';
  private pending: ReturnType<typeof setTimeout> | undefined;
  private lastMode = '';

  /** `failed` hears a refusal of the disk; the typing itself goes on. */
  constructor(private readonly failed: (thrown: unknown) => void) {}

  keep(draft: Draft): void {
    clearTimeout(this.pending);
    const turned = this.lastMode !== `${draft.mode} ${draft.sale_id ?? ''}`;
    this.lastMode = `${draft.mode} ${draft.sale_id ?? ''}`;
    if (turned) this.write(draft);
    else this.pending = setTimeout(() => this.write(draft), PAUSE_MS);
  }

  private write(draft: Draft): void {
    const text = JSON.stringify(draft);
    if (text === this.written) return;
    this.written = text;
    mutations.saveDraft(draft).catch((thrown: unknown) => {
      this.written = '';
      this.failed(thrown);
    });
  }
}
