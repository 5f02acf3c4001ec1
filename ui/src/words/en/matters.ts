/** What a person must see to. */
export default {
  matter_refund_due: 'Refund due',
  matter_refund_due_note: 'Another M-PESA payment also paid this sale. Give this much back.',
  matter_too_much: 'Too much by {amount}',
  matter_too_much_note: 'The customer paid the till more than this sale. Give the difference back.',
  matter_perhaps_same_money: 'Perhaps the same money',
  matter_perhaps_same_money_note:
    'Safaricom says a prompt was paid too, without a receipt number. Compare the messages before giving anything back.',
  matter_contradiction: 'Two witnesses disagree',
  matter_contradiction_note: 'Both are kept. Show this sale to the owner.',
  matter_code_of_another: 'This code belongs to another sale’s payment',
  matter_code_of_another_note:
    'It cannot pay this sale too. Ask the customer for the right message, or take the money another way.',
  matter_perhaps_code_of_another: 'This code may be of another sale’s prompt',
  matter_perhaps_code_of_another_note:
    'The same phone was asked for as much for another sale. Two messages on the phone: both are paid.',
  matter_reversed: 'The payment was taken back',
  matter_reversed_note:
    'M-PESA’s statement shows that it was reversed after this sale. The shop does not have this money.',
  matter_also_at_another_counter: 'Another counter has this payment too',
  matter_also_at_another_counter_note:
    'It is this sale’s own. Somebody at the other counter gave it to a sale there: that sale is not paid.',
} as const;
