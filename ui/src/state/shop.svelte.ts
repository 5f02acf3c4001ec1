/** What the shell knows of the shop: the door, the mode, the settings, the connection. */
import { mutations, queries, toProblem } from '../ipc';
import type { AppState, Kind, LinkView, PrinterView, Problem, Settings, Volume } from '../ipc';
import { speak } from '../words';

const NOTHING_HEARD: LinkView = {
  online: null,
  clock_skew_s: null,
  clock_behind: null,
  prompts_slow: false,
  pull: { on: false, read_at: null, seen_to: null },
  relay: null,
};

export class Shop {
  state = $state<AppState | null>(null);
  link = $state<LinkView>(NOTHING_HEARD);
  /** Why there is no copy of today; selling goes on. */
  backupTrouble = $state<Problem | null>(null);
  /** Receipts that wait, and what keeps them. */
  printer = $state<PrinterView>({ set: false, trouble: null, waiting: 0, not_printed: 0 });
  /** The shell itself could not be asked. */
  broken = $state<Problem | null>(null);

  get problem(): Problem | null {
    return this.broken ?? this.state?.problem ?? null;
  }

  get connected(): boolean {
    return this.state?.connected ?? false;
  }

  get offline(): boolean {
    return this.link.online === false;
  }

  get sounds(): boolean {
    return this.state?.settings.sounds ?? true;
  }

  get volume(): Volume {
    return this.state?.settings.volume ?? 'middle';
  }

  get payTo(): { kind: Kind; number: string | null } {
    return { kind: this.state?.kind ?? 'till', number: this.state?.pay_number ?? null };
  }

  /** Not real money: practice, another server, or Safaricom's sandbox. */
  get pretend(): boolean {
    const { mode, environment } = this.state ?? {};
    return mode === 'practice' || mode === 'elsewhere' || environment === 'sandbox';
  }

  async load(): Promise<void> {
    try {
      await this.put(await queries.appState());
      this.broken = null;
    } catch (thrown) {
      this.broken = toProblem(thrown);
    }
  }

  /** Done when the shop's language is spoken. */
  put(state: AppState): Promise<void> {
    this.state = state;
    return speak(state.settings.locale);
  }

  /** Shows the wish at once and lets the shell write it down; a refusal puts the old one back. */
  async save(change: Partial<Settings>): Promise<Problem | null> {
    const before = this.state;
    if (before === null) return null;
    const settings = { ...before.settings, ...change };
    void this.put({ ...before, settings });
    try {
      await this.put(await mutations.saveSettings(settings));
      return null;
    } catch (thrown) {
      void this.put(before);
      return toProblem(thrown);
    }
  }
}
