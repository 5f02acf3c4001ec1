/** A customer who pays the till. */
export default {
  state_till: 'The customer pays',
  till_no_number: 'the till on the counter',
  till_digits: 'Phone ends {digits}',
  till_note: 'When the M-PESA message comes, press M and type its code.',
  till_note_list:
    'Keshia looks for the payment in Safaricom’s list. If the M-PESA message comes first, press M and type its code.',
  code_drawn: 'A phone’s camera reads the number and the amount here. It does not open M-PESA.',
  code_safaricoms: 'From Safaricom: the customer scans it in the M-PESA app.',
  account: 'Account',
} as const;
