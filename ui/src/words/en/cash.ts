/** Cash. */
export default {
  cash_given: 'Cash given',
  cash_hint: 'empty: exactly {amount}',
  cash_exact: 'Cash, exactly {amount}',
  cash_change: 'Cash {cash} · change {change}',
  paid_part: '{paid} paid · left {left}',
  cash_part: 'Cash {cash} · left {left}',
  cash_wait: 'Type the cash',
  cash_uncounted: 'No drawer is open: no count will cover this cash',
  cash_open_drawer: 'Open a drawer',
  change: 'Change',
} as const;
