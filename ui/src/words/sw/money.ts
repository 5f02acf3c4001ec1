import type english from '../en/money';

export default {
  money_title: 'Pesa imeingia, mauzo hayajaandikwa',
  money_now: 'sasa hivi',
  money_whose: 'Hii ni ya nani?',
  money_for: 'Ni ya mauzo ya {time}',
  money_for_reference: 'Ni ya mauzo {reference}',
  money_in_hand: 'Ni ya mauzo ya sasa',
  money_too_little: 'Imepungua kwa {amount}',
  money_make: 'Iandike kuwa mauzo',
  money_none: 'Hapana, ni mauzo mengine',
  money_more: 'na {n} zaidi',
  till_checking: 'Malipo yamefika. Kaunta nyingine zinaulizwa kama ni yao.',
  money_hint: 'Safaricom bado haijaionyesha',
} satisfies Record<keyof typeof english, string>;
