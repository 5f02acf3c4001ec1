/** Sales from paper. */
import { open } from '../samples';
import type { Scenes } from '.';

export default {
  paper: () => {
    open('nav-drawer', 'paper-open');
    setTimeout(() => void written(), 1_300);
  },
} satisfies Scenes;

/** Two lines as a hand would type them. */
async function written(): Promise<void> {
  const type = (testid: string, value: string): void => {
    const field = document.querySelector<HTMLInputElement>(`[data-testid=${testid}]`);
    if (field === null) return;
    field.value = value;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const day = document.querySelector<HTMLSelectElement>('[data-testid=paper-day]');
  if (day !== null) {
    day.selectedIndex = 1;
    day.dispatchEvent(new Event('change', { bubbles: true }));
  }
  for (const [amount, time, code] of [
    ['250', '19:40', ''],
    ['1200', '19:55', 'UKN2P7RT1A'],
  ] as const) {
    type('paper-amount', amount);
    type('paper-time', time);
    type('paper-code', code);
    await new Promise((done) => setTimeout(done, 150));
    document.querySelector<HTMLElement>('[data-testid=paper-go]')?.click();
    await new Promise((done) => setTimeout(done, 150));
  }
  type('paper-amount', '90');
}
