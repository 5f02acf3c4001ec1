import { now } from '../state/clock.svelte';

/** A view's whole seconds may lag behind the clock on the screen by this much without moving it. */
const SLACK_S = 2;

/**
 * Seconds a push has waited: from the shell's own count, ticking on by the monotonic clock. A new
 * view of the same push never makes the clock on the screen step back.
 */
export class Waiting {
  private key = '';
  private startedAt = 0;

  seconds(key: string, waitedS: number, seenAt: number): number {
    const tick = Math.max(now.mono, seenAt);
    const started = seenAt - waitedS * 1000;
    const drift = Math.abs(started - this.startedAt) / 1000;
    if (key !== this.key || drift > SLACK_S) {
      this.key = key;
      this.startedAt = started;
    } else {
      this.startedAt = Math.min(this.startedAt, started);
    }
    return (tick - this.startedAt) / 1000;
  }
}

/** Seconds left of a countdown that stood at `waitS` when the view came. */
export function remaining(waitS: number, seenAt: number): number {
  return Math.max(0, Math.ceil(waitS - (Math.max(now.mono, seenAt) - seenAt) / 1000));
}
