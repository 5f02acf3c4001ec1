import type english from '../en/statement';

export default {
  set_statement: 'Taarifa ya M-PESA',
  statement_why:
    'Ikitolewa kwenye tovuti ya mashirika ya Safaricom kama CSV, inathibitisha malipo ya wakati wowote.',
  statement_choose: 'Chagua faili',
  statement_reading: 'Inasoma…',
  statement_stopped: 'Imesimamishwa. Yaliyosomwa yako kitabuni; chagua faili tena kuendelea.',
  statement_read: 'Malipo: {payments} · tayari kitabuni: {known} · yamethibitishwa sasa: {found}',
  statement_ended:
    'Maombi yasiyolipwa: {dead} · ya kupangwa na mtu: {questions} · si ya mauzo ya hapa: {elsewhere}',
  statement_reversed: 'Yaliyorudishwa kwa wateja: {reversed}. Yaangalie kwenye orodha',
  statement_not_whole:
    'Keshia haiwezi kuona kuwa ni ya till hii na ni kamili, kwa hiyo kinachokosekana hakithibitishi kitu.',
  statement_missing: 'M-PESA haijui code hii · {amount} · mauzo {reference}',
} satisfies Record<keyof typeof english, string>;
