import type english from '../en/customer';

export default {
  customer_welcome: 'Karibu',
  customer_to_pay: 'Unalipa',
  customer_pin: 'Weka PIN ya M-PESA kwenye simu {phone}',
  customer_pay: 'Lipa kwa M-PESA',
  customer_checking: 'Malipo yanakaguliwa',
  customer_wait: 'Tafadhali usilipe tena kwa sasa',
  customer_paid: 'Imelipwa. Asante!',
  customer_not_paid: 'Haijalipwa',
  customer_ask: 'Tafadhali uliza kwenye kaunta',
  set_customer: 'Skrini ya mteja',
  customer_open: 'Fungua',
  customer_shut: 'Funga',
  customer_why:
    'Dirisha linalomwonyesha mteja kiasi, nambari na kama imelipwa. Ukiwa na skrini ya pili, litajaza skrini hiyo.',
} satisfies Record<keyof typeof english, string>;
