import type english from '../en/cash';

export default {
  cash_given: 'Taslimu iliyotolewa',
  cash_hint: 'wazi: {amount} kamili',
  cash_exact: 'Taslimu, {amount} kamili',
  cash_change: 'Taslimu {cash} · chenji {change}',
  paid_part: 'Imelipwa {paid} · bado {left}',
  cash_part: 'Umepokea {cash} taslimu · bado {left}',
  cash_wait: 'Andika taslimu',
  cash_uncounted: 'Hakuna droo iliyofunguliwa: taslimu hii haitahesabiwa',
  cash_open_drawer: 'Fungua droo',
  change: 'Chenji',
} satisfies Record<keyof typeof english, string>;
