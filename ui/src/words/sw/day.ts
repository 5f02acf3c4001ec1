import type english from '../en/day';

export default {
  day_before: 'Siku iliyotangulia',
  day_after: 'Siku inayofuata',
  day_taken: 'Iliyopokelewa',
  day_proved: 'M-PESA, yenye code',
  day_not_proved: 'M-PESA, bila code',
  day_cash: 'Taslimu',
  day_refunds: 'Ya kurudishia wateja',
  day_looks: '{count} ya kuangalia',
  day_nothing: 'Hakuna cha kuangalia',
  day_open: 'Fungua',
  day_words: 'Yaliyojibiwa na watu',
  day_holes: 'Nyakati za maombi ambazo orodha ya Safaricom haikuonekana yote',
} satisfies Record<keyof typeof english, string>;
