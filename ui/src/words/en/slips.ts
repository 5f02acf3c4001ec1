/** Slips at the fields. */
export default {
  sum_empty: 'Type the amount first',
  sum_unfinished: 'Finish the sum: a number is missing',
  sum_divide_by_zero: 'Nothing can be divided by 0',
  sum_not_a_sum: 'Only digits and + − × ÷ ( ) make an amount',
  sum_negative: 'The amount is below 0',
  sum_zero: 'The amount must be more than 0',
  sum_too_large: 'That amount is too large',
  sum_too_fine: 'At most two digits after the point',
  slip_whole_shillings: 'M-PESA takes whole shillings. Cash may have cents',
  slip_above_mpesa: 'M-PESA takes at most KSh 250,000 at once. Take part in cash',
  slip_below_mpesa: 'M-PESA takes KSh 1 or more',
  phone_too_short: 'The phone number is too short',
  phone_too_long: 'The phone number is too long',
  phone_not_digits: 'A phone number has only digits',
  phone_not_a_mobile: 'M-PESA numbers begin with 07 or 01',
  phone_other_country: 'Only Kenyan numbers (+254) have M-PESA here',
} as const;
