/** The drawing board: the whole window in a browser, with a stand-in for the shell. */
import { mount } from 'svelte';
import '../app.css';
import App from '../App.svelte';
import { useTransport } from '../ipc/transport';
import type { Locale, TextSize, Theme } from '../ipc/types';
import { stage } from './scenes';

const wish = new URLSearchParams(location.search);
const fake = stage(wish.get('scene') ?? 'sell');
const settings = {
  ...fake.app.settings,
  theme: (wish.get('theme') ?? 'light') as Theme,
  locale: (wish.get('locale') ?? 'en') as Locale,
  text_size: (wish.get('text') ?? 'normal') as TextSize,
};
fake.app = { ...fake.app, settings };
if (wish.has('practice')) fake.app = { ...fake.app, mode: 'practice', environment: 'practice' };
useTransport(fake);
Object.assign(window, { fake });

const target = document.getElementById('app');
if (target !== null) mount(App, { target });
// One after the other: a screen that is read when it is opened must have come before its own buttons.
for (const [turn, testid] of (wish.get('click') ?? '').split(',').entries()) {
  if (testid === '') continue;
  const press = (): void => document.querySelector<HTMLElement>(`[data-testid=${testid}]`)?.click();
  setTimeout(press, 400 + 250 * turn);
}
