import type english from '../en/lesson';

export default {
  lesson: 'Somo',
  lesson_begin: 'Somo: mauzo matano',
  lesson_of: '{n} kati ya 5',
  lesson_leave: 'Acha somo',
  lesson_again: 'Anza upya',
  lesson_pays: 'Mteja analipa. Andika 350, Enter, kisha 0700 000 000, Enter.',
  lesson_cancels: 'Mteja anayefuata anaghairi. Bonyeza N, andika 200, Enter, kisha 0700 000 032, Enter.',
  lesson_cancels_before: 'Imelipwa: neno, rangi ya kijani na sauti vinasema hivyo.',
  lesson_till:
    'Sasa mteja analipa mwenyewe. Bonyeza N, andika 120, Enter, kisha nambari za mwisho 126, Enter. Nambari ikionekana, mwache mteja alipe:',
  lesson_till_before: 'Imeghairiwa: hakuna pesa iliyokatwa. Ungeweza kutuma tena, au kupokea taslimu.',
  lesson_play: 'Mteja analipa KSh {amount}',
  lesson_till_give: 'Keshia inauliza malipo ni ya nani? Bonyeza G kuyatoa.',
  lesson_old:
    'Mtu anaonyesha ujumbe wa zamani. Bonyeza N, andika 90, kisha M na code SKC4B2QX7Z. Soma onyo, bonyeza Esc, upokee taslimu: C, Enter.',
  lesson_old_before: 'Keshia imeyapata malipo na kuyapa mauzo yake.',
  lesson_fooled:
    'Code hiyo ililipa kitu zamani; duka lingepoteza pesa. Bonyeza N ujaribu tena: andika 90, kisha C, Enter.',
  lesson_unknown:
    'La mwisho: jibu la Safaricom linapotea. Bonyeza N, andika 500, Enter, kisha 0700 000 099, Enter.',
  lesson_unknown_before: 'Sawa: code ya zamani hailipi kitu.',
  lesson_unknown_wait:
    'Bado haijulikani: usitume tena. Bonyeza N umhudumie mteja anayefuata; Keshia itajua yenyewe.',
  lesson_done: 'Umemaliza. Chochote kikitokea, orodha itasema na Keshia itaendelea kuuliza.',
} satisfies Record<keyof typeof english, string>;
