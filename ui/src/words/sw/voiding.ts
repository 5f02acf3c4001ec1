import type english from '../en/voiding';

export default {
  void_sale: 'Futa mauzo haya',
  void_label: 'Kwa nini mauzo haya yanafutwa?',
  void_go: 'Futa · {amount}',
  void_why_left: 'Mteja ameondoka',
  void_why_wrong: 'Kiasi si sahihi',
  void_why_needed: 'Andika sababu kwa maneno machache',
  cannot_void: 'Mauzo haya yameisha. Kilicholipwa kinarudi kwa “Rudisha pesa”',
} satisfies Record<keyof typeof english, string>;
