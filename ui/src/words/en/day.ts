/** The day. */
export default {
  day_before: 'Day before',
  day_after: 'Day after',
  day_taken: 'Taken',
  day_proved: 'M-PESA, with code',
  day_not_proved: 'M-PESA, without code',
  day_cash: 'Cash',
  day_refunds: 'Refunds due',
  day_looks: '{count} to look at',
  day_nothing: 'Nothing to look at',
  day_open: 'Open',
  day_words: 'What persons answered for',
  day_holes: 'Times with prompts in which Safaricom’s list was not seen whole',
} as const;
