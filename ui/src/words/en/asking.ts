/** A prompt on its way. */
export default {
  asking_for: 'Asking for',
  state_sending: 'Sending to Safaricom',
  state_waiting: 'Waiting for the customer’s PIN',
  step_sent: 'Sent to Safaricom',
  step_on_way: 'On its way to {phone}',
  step_on_way_note: 'The customer enters the PIN',
  step_paid: 'Paid',
  asking_note:
    'Keshia asks Safaricom every few seconds. You can serve the next customer: this sale goes on, on the roll.',
} as const;
