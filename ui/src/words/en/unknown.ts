/** A payment that is not known yet. */
export default {
  state_unknown: 'Not known yet',
  unknown_money: 'Money may have moved. Do not send again',
  keshia_asks: 'Keshia is asking Safaricom',
  keshia_asks_again: 'Keshia is asking Safaricom again',
  keshia_reads_too: 'Keshia also reads Safaricom’s list of payments',
  keshia_reads: 'Safaricom’s answer was lost. Keshia is reading Safaricom’s list of payments to find out',
  cannot_ask:
    'Safaricom’s answer was lost, so Keshia cannot ask. Only the customer’s phone or the M-PESA statement can tell',
  too_old_to_ask: 'Too old to ask Safaricom about. Only the M-PESA statement can tell',
  list_read_at: 'last read {time}',
  list_not_read: 'not read yet',
  read_now: 'Read it now',
  state_awaits: 'Waits for the statement',
  asked_last: 'last asked {time}',
  not_asked: 'first answer soon',
  ask_in: 'In {s} s ask the customer: did an M-PESA message come?',
  send_in: 'You can send again in {s} s',
  send_later: 'Another phone can be asked now, this one must wait',
  ask_customer: 'Ask the customer: did an M-PESA message come?',
  ask_yes: 'Yes: type its code',
  ask_no: 'No message',
  ask_said_no:
    'The customer has no M-PESA message. You may send again; Keshia keeps watching the first prompt.',
  ask_now: 'Ask now',
} as const;
