/** A long job, and how to stop it. */
export default {
  progress_of: '{done} of {total}',
  progress_stop: 'Stop',
  progress_stopping: 'Stopping…',
  progress_stopped: 'Stopped. The book is as it was.',
} as const;
