/** Money that came in by itself. */
export default {
  money_title: 'Money in, sale not written',
  money_now: 'just now',
  money_whose: 'Whose is this?',
  money_for: 'For the sale of {time}',
  money_for_reference: 'For sale {reference}',
  money_in_hand: 'For the sale in hand',
  money_too_little: 'Too little by {amount}',
  money_make: 'Make it a sale',
  money_none: 'No, a sale of its own',
  money_more: 'and {n} more',
  till_checking: 'A payment came. The other counters are being asked whether it is theirs.',
  money_hint: 'Safaricom has not shown it yet',
} as const;
