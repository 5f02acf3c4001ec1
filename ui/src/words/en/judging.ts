/** A person answers for a payment. */
export default {
  judge_open: 'Answer for it',
  judge_title: 'You answer for this prompt',
  judge_note:
    'Your word goes into the book with your reason, and the owner sees it. If M-PESA shows something else later, M-PESA counts.',
  judge_paid: 'It was paid',
  judge_not_paid: 'It was not paid',
  judge_how: 'How do you know?',
  judge_why_statement: 'Read on the M-PESA statement',
  judge_why_phone: 'Seen on the customer’s phone',
  judge_go_paid: 'Write down: paid · {amount}',
  judge_go_not_paid: 'Write down: not paid · {amount}',
  judge_choose: 'Was it paid or not?',
  judge_why_needed: 'Say in a few words how you know',
} as const;
