import type english from '../en/code';

export default {
  code_label: 'Code ya M-PESA',
  code_hint: 'herufi na tarakimu 10',
  read_from: 'Umeisoma wapi?',
  read_customer: 'Simu ya mteja',
  read_shop: 'Simu ya duka',
  code_take: 'Pokea code · {amount}',
  code_take_anyway: 'Pokea hata hivyo · {amount}',
  code_wait: 'Andika code',
  code_note: 'Code iliyoandikwa huhifadhiwa kama bado haijathibitishwa.',
  code_is_of: 'Ni ya mauzo',
  code_typed_for: 'Imeandikwa kwa',
  code_new_sale: 'mauzo mapya',
  code_once_more: 'Bonyeza Enter tena ili kuipokea hata hivyo.',
  warn_shape: 'Code ina herufi na tarakimu 10',
  warn_old: 'Ujumbe wa zamani: code ni ya {date}',
  warn_future: 'Code hii inataja siku ambayo bado haijafika: {date}',
  warn_odd_date: 'Hakuna code halisi inayoanza hivi. Linganisha herufi kwa herufi',
  warn_used: 'Code hii imeshatumika',
  code_good: 'Tarehe ya code ni sahihi.',
} satisfies Record<keyof typeof english, string>;
