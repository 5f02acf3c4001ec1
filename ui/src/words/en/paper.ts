/** Sales from paper, written in later. */
export default {
  paper_title: 'Write in from paper',
  paper_note:
    'Sales that were written on paper, of the last seven days. They count today, and say when they were made.',
  paper_amount: 'Amount',
  paper_day: 'Day',
  paper_today: 'Today',
  paper_yesterday: 'Yesterday',
  paper_time: 'Time',
  paper_code: 'M-PESA code, or leave empty: cash',
  paper_go_cash: 'Write in: {amount} in cash',
  paper_go_code: 'Write in: {amount} by M-PESA',
  paper_wait: 'Type the amount that stands on the paper',
  paper_time_wait: 'Type the time that stands on the paper, like 14:30',
  paper_future: 'This time is still to come. Check day and time',
  paper_written: 'Written in now',
  paper_mark: 'Written in later, from paper',
  line_from_paper: 'written in later',
} as const;
