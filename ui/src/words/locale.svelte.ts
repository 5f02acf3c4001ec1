/** The language being spoken. Only its own words are loaded; the other's come when it is chosen. */
import type { Locale } from '../ipc/types';
import type english from './en';

export type Words = Record<keyof typeof english, string>;

const READ: Record<Locale, () => Promise<{ default: Words }>> = {
  en: () => import('./en'),
  sw: () => import('./sw'),
};
const REMEMBERED = 'locale';

class Speech {
  locale = $state<Locale>('en');
  words = $state.raw<Words | null>(null);
  /** Chosen, perhaps not here yet. */
  wanted: Locale = 'en';
}

/** What reads it through `t` speaks again when it changes; the old language stands until the new one is here. */
export const speech = new Speech();

export async function speak(locale: Locale): Promise<void> {
  speech.wanted = locale;
  if (speech.words !== null && speech.locale === locale) return;
  const words = (await READ[locale]()).default;
  if (speech.wanted !== locale) return;
  speech.locale = locale;
  speech.words = words;
  if (typeof localStorage !== 'undefined') localStorage.setItem(REMEMBERED, locale);
}

/** The language of the last time, so that its words are read while the shell still opens the book. */
export function lastSpoken(): Locale {
  return typeof localStorage !== 'undefined' && localStorage.getItem(REMEMBERED) === 'sw' ? 'sw' : 'en';
}
