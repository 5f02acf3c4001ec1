/** Closing the window. */
export default {
  close_title: 'Close Keshia?',
  close_one: 'One payment is still under way:',
  close_many: '{n} payments are still under way:',
  close_none: 'No payment is under way.',
  close_note:
    'Nothing is lost: they stay in the book, and Keshia asks Safaricom about them when it opens again. The customer may still pay while it is closed.',
  close_stay: 'Keep open',
  close_anyway: 'Close anyway',
} as const;
