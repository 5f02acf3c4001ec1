/** The M-PESA statement. */
export default {
  set_statement: 'M-PESA statement',
  statement_why: 'Exported from Safaricom’s organisation portal as CSV, it proves payments of any age.',
  statement_choose: 'Choose the file',
  statement_reading: 'Reading…',
  statement_stopped: 'Stopped. What was read is in the book; choose the file again to go on.',
  statement_read: 'Payments: {payments} · in the book already: {known} · proved now: {found}',
  statement_ended:
    'Prompts proved unpaid: {dead} · for a person to place: {questions} · of no sale here: {elsewhere}',
  statement_reversed: 'Taken back by M-PESA: {reversed}. Look at them on the roll',
  statement_not_whole: 'Keshia cannot see that it is this till’s and whole, so what it lacks proves nothing.',
  statement_missing: 'M-PESA does not know this code · {amount} · sale {reference}',
} as const;
