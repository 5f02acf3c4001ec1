/** Paid, not paid, voided. */
export default {
  state_not_paid: 'Not paid',
  state_not_paid_perhaps: 'Not paid, it seems',
  was_to: 'Prompt to {phone}',
  state_paid: 'Paid',
  state_taken_back: 'Taken back',
  paid_no_receipt: 'M-PESA code not known yet',
  paid_by_word: 'On a person’s word. M-PESA code not known yet',
  do_not_pay_again: 'Paid. Tell the customer not to enter the PIN again',
  time_unsure: 'The PC’s date was in doubt when this was written',
  paid_confirmed: 'Confirmed by M-PESA',
  paid_not_confirmed: 'Not yet confirmed',
  paid_type_next: 'Type the next amount.',
  part_cash: 'Cash {amount}',
  part_mpesa: 'M-PESA {amount}',
  state_voided: 'Voided',
  voided_note: 'Nothing was paid for this sale.',
} as const;
