/** Safaricom’s list of payments. */
export default {
  set_list: 'Safaricom’s list',
  list_on: 'On: Keshia reads Safaricom’s own list of payments.',
  list_seen_to: 'shows every payment up to {time}',
  list_asked: 'Asked. What it shows appears on the roll.',
  list_off:
    'Off. When Safaricom’s answer is lost, nobody but a statement can tell whether the customer paid; and a payment that Safaricom only calls paid stays without its M-PESA code.',
  list_switch: 'To switch it on, run this once on this PC:',
} as const;
