import type english from '../en/doors';

export default {
  doors_title: 'Duka hili lianze vipi?',
  doors_note: 'Unaweza kupitia mlango mwingine siku yoyote. Hakuna mauzo yatakayopotea.',
  door_today: 'Anza leo',
  door_today_note: 'Nambari ya till kwenye stika tu. Taslimu na code za M-PESA, bila funguo.',
  door_practice: 'Mazoezi',
  door_practice_note: 'Pesa za kuigiza, na simu ya mteja kwenye skrini hii. Huwezi kukosea.',
  door_connect: 'Unganisha na Safaricom',
  door_connect_note: 'Kwa funguo zako za Daraja, Keshia inaomba PIN kwenye simu ya mteja.',
  back: 'Rudi',
  shop_name: 'Jina la duka',
  till_number: 'Nambari ya till',
  sticker_lipa: 'LIPA NA M-PESA',
  sticker_goods: 'NAMBARI YA TILL',
  today_title: 'Anza leo',
  today_lead:
    'Andika nambari iliyo kwenye stika ya kaunta yako. Wateja watalipa kwa simu zao, nawe utaandika code ya M-PESA.',
  today_go: 'Fungua',
  shop_name_missing: 'Andika jina la duka',
  number_wrong: 'Tarakimu tano hadi saba, kama kwenye stika au barua ya Safaricom',
} satisfies Record<keyof typeof english, string>;
