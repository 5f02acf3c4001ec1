import type english from '../en/keys';

export default {
  keys_title: 'Vitufe vyote',
  keys_close: 'Rudi kwenye kaunta',
  key_enter: 'Kitufe kikubwa kinavyosema',
  key_esc: 'Rudi, futa, au mteja anayefuata. Haighairi ombi',
  key_arrows: 'Chagua mteja aliyependekezwa; la sivyo kwenye orodha, ambapo Enter inafungua mauzo',
  key_digits: 'Anza mauzo yanayofuata wakati wowote',
  key_sum: 'Hesabu kwenye Kiasi',
  key_keys: 'Vitufe hivi',
  key_yes: 'Ndiyo, ujumbe umefika',
  key_no: 'Hakuna ujumbe',
  key_make: 'Iandike pesa iliyoingia kuwa mauzo',
  key_give: 'Ipe pesa iliyoingia mauzo yake',
} satisfies Record<keyof typeof english, string>;
