import type english from '../en/progress';

export default {
  progress_of: '{done} kati ya {total}',
  progress_stop: 'Simamisha',
  progress_stopping: 'Inasimama…',
  progress_stopped: 'Imesimamishwa. Kitabu kiko kama kilivyokuwa.',
} satisfies Record<keyof typeof english, string>;
