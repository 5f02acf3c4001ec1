import type english from '../en/closing';

export default {
  close_title: 'Funga Keshia?',
  close_one: 'Kuna malipo moja ambayo hayajaisha:',
  close_many: 'Kuna malipo {n} ambayo hayajaisha:',
  close_none: 'Hakuna malipo yanayoendelea.',
  close_note:
    'Hakuna kitakachopotea: yamo kitabuni, na Keshia itauliza Safaricom ikifunguliwa tena. Mteja bado anaweza kulipa ikiwa imefungwa.',
  close_stay: 'Iache wazi',
  close_anyway: 'Funga hata hivyo',
} satisfies Record<keyof typeof english, string>;
