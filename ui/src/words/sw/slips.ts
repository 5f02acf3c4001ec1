import type english from '../en/slips';

export default {
  sum_empty: 'Andika kiasi kwanza',
  sum_unfinished: 'Malizia hesabu: nambari inakosekana',
  sum_divide_by_zero: 'Huwezi kugawa kwa 0',
  sum_not_a_sum: 'Kiasi ni tarakimu na + − × ÷ ( ) tu',
  sum_negative: 'Kiasi kiko chini ya 0',
  sum_zero: 'Kiasi lazima kizidi 0',
  sum_too_large: 'Kiasi hicho ni kikubwa mno',
  sum_too_fine: 'Tarakimu mbili tu baada ya nukta',
  slip_whole_shillings: 'M-PESA hupokea shilingi kamili. Taslimu inaweza kuwa na senti',
  slip_above_mpesa: 'M-PESA hupokea hadi KSh 250,000 kwa mara moja. Sehemu ilipwe taslimu',
  slip_below_mpesa: 'M-PESA hupokea kuanzia KSh 1',
  phone_too_short: 'Nambari ya simu ni fupi',
  phone_too_long: 'Nambari ya simu ni ndefu',
  phone_not_digits: 'Nambari ya simu ni tarakimu tu',
  phone_not_a_mobile: 'Nambari za M-PESA huanza na 07 au 01',
  phone_other_country: 'Ni nambari za Kenya (+254) tu',
} satisfies Record<keyof typeof english, string>;
