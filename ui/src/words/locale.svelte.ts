import type { Locale } from '../ipc/types';

/** The language being spoken; what reads it through `t` speaks again when it changes. */
export const speech = $state<{ locale: Locale }>({ locale: 'en' });
