/** The keys of the keyboard. */
export default {
  keys_title: 'All keys',
  keys_close: 'Back to the counter',
  key_enter: 'What the big button says',
  key_esc: 'Back, clear, or next customer. Never cancels a prompt',
  key_arrows: 'Choose a regular that is offered; else into the roll, where Enter opens the sale',
  key_digits: 'Begin the next sale at any time',
  key_sum: 'Sums in Amount',
  key_keys: 'These keys',
  key_yes: 'Yes, a message came',
  key_no: 'No message came',
  key_make: 'Make money that came in a sale',
  key_give: 'Give money that came in to its sale',
} as const;
