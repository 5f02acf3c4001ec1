import type english from '../en/ended';

export default {
  state_not_paid: 'Haijalipwa',
  state_not_paid_perhaps: 'Inaonekana haijalipwa',
  was_to: 'Ombi kwa {phone}',
  state_paid: 'Imelipwa',
  state_taken_back: 'Imerudishwa',
  paid_no_receipt: 'Code ya M-PESA bado haijulikani',
  paid_by_word: 'Kwa neno la mtu. Code ya M-PESA bado haijulikani',
  do_not_pay_again: 'Imelipwa. Mwambie mteja asiweke PIN tena',
  time_unsure: 'Tarehe ya kompyuta haikuwa ya uhakika haya yalipoandikwa',
  paid_confirmed: 'Imethibitishwa na M-PESA',
  paid_not_confirmed: 'Bado haijathibitishwa',
  paid_type_next: 'Andika kiasi kinachofuata.',
  part_cash: 'Taslimu {amount}',
  part_mpesa: 'M-PESA {amount}',
  state_voided: 'Imefutwa',
  voided_note: 'Hakuna kilicholipwa kwa mauzo haya.',
} satisfies Record<keyof typeof english, string>;
