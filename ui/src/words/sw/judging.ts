import type english from '../en/judging';

export default {
  judge_open: 'Jibu kuhusu hili',
  judge_title: 'Wewe unajibu kuhusu ombi hili',
  judge_note:
    'Neno lako litaandikwa kitabuni pamoja na sababu, na mwenye duka ataliona. M-PESA ikionyesha tofauti baadaye, M-PESA ndiyo itahesabiwa.',
  judge_paid: 'Ililipwa',
  judge_not_paid: 'Haikulipwa',
  judge_how: 'Umejuaje?',
  judge_why_statement: 'Nimesoma kwenye statement ya M-PESA',
  judge_why_phone: 'Nimeona kwenye simu ya mteja',
  judge_go_paid: 'Andika: ililipwa · {amount}',
  judge_go_not_paid: 'Andika: haikulipwa · {amount}',
  judge_choose: 'Ililipwa au haikulipwa?',
  judge_why_needed: 'Eleza kwa maneno machache umejuaje',
} satisfies Record<keyof typeof english, string>;
