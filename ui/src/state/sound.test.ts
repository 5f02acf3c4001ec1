/** What the till is heard to say: each end its own tune, as loud as was set, and nothing when it was switched off. */
import { beforeEach, expect, it, vi } from 'vitest';
import { Fake, saleView } from '../ipc/fake';
import { useTransport } from '../ipc/transport';
import type { Outcome, Settings } from '../ipc/types';
import { counter, listen, openRoll, roll, shop } from './till.svelte';

/** What a speaker was given, note by note. */
const heard: { pitch: number; loud: number }[] = [];

class Speaker {
  currentTime = 0;
  destination = {};
  resume = (): Promise<void> => Promise.resolve();
  private loud = 0;

  createGain(): object {
    return {
      gain: {
        setValueAtTime: () => undefined,
        linearRampToValueAtTime: (loud: number) => (this.loud = loud),
        exponentialRampToValueAtTime: () => undefined,
      },
      connect: (to: unknown) => to,
    };
  }

  createOscillator(): object {
    return {
      frequency: { setValueAtTime: (pitch: number) => heard.push({ pitch, loud: this.loud }) },
      connect: (to: unknown) => to,
      start: () => undefined,
      stop: () => undefined,
    };
  }
}

let fake: Fake;

async function set(change: Partial<Settings>): Promise<void> {
  fake.app = { ...fake.app, settings: { ...fake.app.settings, ...change } };
  await shop.load();
}

/** A prompt that ends so, on the counter or not. */
function ends(outcome: Outcome): void {
  const state = outcome === 'paid' ? 'paid' : outcome === 'look' ? 'unknown' : 'failed';
  const sale = fake.put(saleView(48_000, { status: 'waiting', tenders: [] }));
  fake.end(sale.id, 'push', state, null);
}

const rising = (): number[] => heard.map((note) => note.pitch);

beforeEach(async () => {
  vi.stubGlobal('AudioContext', Speaker);
  fake = new Fake();
  useTransport(fake);
  await listen();
  await set({ sounds: true, volume: 'middle' });
  await openRoll();
  heard.length = 0;
});

it('goes up for paid, down for not paid, and knocks three times where somebody must look', () => {
  ends('paid');
  const [first, second] = rising();
  expect(rising()).toHaveLength(2);
  expect(second, 'up').toBeGreaterThan(first ?? Infinity);
  heard.length = 0;
  ends('not_paid');
  expect(rising()).toHaveLength(2);
  expect(rising()[1], 'down').toBeLessThan(rising()[0] ?? 0);
  heard.length = 0;
  ends('look');
  expect(new Set(rising()).size, 'one note').toBe(1);
  expect(rising(), 'three times').toHaveLength(3);
});

it('says of a parked sale what it says of the one on the counter, and of a change nothing', () => {
  counter.desk.amount = '650';
  ends('paid');
  expect(rising(), 'heard while the next is typed').toHaveLength(2);
  heard.length = 0;
  fake.put(saleView(20_000, { status: 'waiting' }));
  expect(rising(), 'a prompt that is under way').toEqual([]);
  expect(roll.sales.length).toBeGreaterThan(1);
});

it('is as loud as was set', async () => {
  const loudness: number[] = [];
  for (const volume of ['low', 'middle', 'high'] as const) {
    await set({ volume });
    heard.length = 0;
    ends('paid');
    loudness.push(heard[0]?.loud ?? 0);
  }
  expect(loudness).toEqual([...loudness].sort((a, b) => a - b));
  expect(new Set(loudness).size, 'three grades').toBe(3);
});

it('is silent when the sounds are off', async () => {
  await set({ sounds: false });
  for (const outcome of ['paid', 'not_paid', 'look'] as const) ends(outcome);
  expect(heard).toEqual([]);
});
