/** The statement that is being taken, or was last: whoever goes to sell meanwhile finds it again in the settings. */
import { mutations, toProblem } from '../ipc';
import type { StatementReport } from '../ipc';
import type { PlainKey } from '../words';
import { refusal } from '../words/errors';

/** `till::statement::LARGEST_BYTES`: what is larger is not one shop's statement. */
const LARGEST_BYTES = 64 * 1024 * 1024;

class Statement {
  reading = $state(false);
  report = $state.raw<StatementReport | null>(null);
  stopped = $state(false);
  error = $state<PlainKey | null>(null);

  /** Takes a file, unless one is being taken. */
  async take(file: File): Promise<void> {
    if (this.reading) return;
    this.reading = true;
    this.report = null;
    this.stopped = false;
    this.error = file.size > LARGEST_BYTES ? refusal('statement_unreadable').text : null;
    try {
      if (this.error === null) {
        this.report = await mutations.takeStatement(await file.text());
        this.stopped = this.report === null;
      }
    } catch (thrown) {
      this.error = refusal(toProblem(thrown).code).text;
    } finally {
      this.reading = false;
    }
  }
}

export const statement = new Statement();
