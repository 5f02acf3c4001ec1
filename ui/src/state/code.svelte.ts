/** The M-PESA code being typed, and what can be said about it without asking anybody. */
import { queries } from '../ipc';
import type { CodeCheck, Money, ReadFrom } from '../ipc';
import { refuses } from '../logic/status';

const LENGTH = 10;

export class TypedCode {
  readFrom = $state<ReadFrom>('customer_phone');
  check = $state.raw<CodeCheck | null>(null);
  /** The warning was shown and Enter pressed once. */
  armed = $state(false);
  private latest = '';

  /** Looks at the code as it now stands; an answer about an older text is dropped. */
  async look(text: string, amount: Money): Promise<void> {
    const code = text.trim();
    this.armed = false;
    this.latest = code;
    if (code.length < LENGTH) {
      this.check = null;
      return;
    }
    const check = await queries.checkCode(code, amount);
    if (this.latest === code) this.check = check;
  }

  get used(): boolean {
    return this.check?.warnings.some((warning) => warning.kind === 'used') ?? false;
  }

  get warned(): boolean {
    return (this.check?.warnings.length ?? 0) > 0;
  }

  /** The code, cleaned, when nothing but a warning stands against it. */
  get takeable(): string | null {
    return this.check === null || refuses(this.check.warnings) ? null : this.check.receipt;
  }

  forget(): void {
    this.check = null;
    this.armed = false;
    this.latest = '';
    this.readFrom = 'customer_phone';
  }
}
