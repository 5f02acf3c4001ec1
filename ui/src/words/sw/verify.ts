import type english from '../en/verify';

export default {
  set_verify: 'Kagua daftari',
  verify_why: 'Inapitia kila mstari: chochote kilichobadilishwa kwa mkono kwenye faili kinapatikana.',
  verify_anchor: 'Kutoka karatasi ya kufunga siku: mstari na code (si lazima)',
  verify_go: 'Kagua daftari',
  verify_walks: 'Daftari linakaguliwa, mstari kwa mstari',
  verify_good: 'Hakuna kosa kwenye mistari {rows}',
  verify_wrong: 'Makosa kwenye mistari {rows}: {wrong}',
  verify_not_anchored:
    'Hakuna kinachothibitisha nje ya kompyuta hii: andika code ya karatasi ya kufunga siku',
  verify_anchored: 'Imethibitishwa hadi mstari {row}; mistari {rest} baada yake bado',
  verify_changed: 'Mstari {seq} si ule ulioandikwa',
  verify_missing: 'Mistari {from} hadi {to} haipo',
  verify_inserted: 'Kuna mstari wa pili mahali pa {seq}',
  verify_shorter:
    'Daftari linaishia mstari {ends}, lakini mstari {known} unajulikana nje: limekatwa, au ni nakala ya zamani',
  verify_rewritten: 'Kati ya mstari {after} na {until} hili ni daftari lingine',
  verify_unbalanced: 'Ingizo halilingani: {id}',
  verify_sale_gone: 'Mauzo hayapo: {id}',
  verify_tender_gone: 'Njia ya malipo haipo: {id}',
  verify_sale_changed: 'Mauzo yalibadilishwa: {id}',
  verify_tender_changed: 'Njia ya malipo ilibadilishwa: {id}',
  verify_payment_changed: 'Malipo yalibadilishwa: {id}',
  verify_payment_gone: 'Malipo hayapo: {id}',
  verify_push_gone: 'Ombi halipo: {id}',
  verify_refund_changed: 'Pesa iliyorudishwa imebadilishwa au haipo: {id}',
  verify_debt_changed: 'Deni la mteja si kama lilivyofanywa: {id}',
  verify_shift_changed: 'Zamu imebadilishwa au haipo: {id}',
  verify_close_changed: 'Ufungaji {id} hausemi kilichotiwa muhuri',
  verify_sum_changed: 'Jumla za siku si sawa na maingizo: {id}',
  verify_close_gone: 'Ufungaji haupo: {id}',
} satisfies Record<keyof typeof english, string>;
