import type english from '../en/asking';

export default {
  asking_for: 'Inaomba',
  state_sending: 'Inatuma kwa Safaricom',
  state_waiting: 'Inasubiri PIN ya mteja',
  step_sent: 'Imetumwa kwa Safaricom',
  step_on_way: 'Ombi limetumwa kwa {phone}',
  step_on_way_note: 'Mteja aweke PIN',
  step_paid: 'Imelipwa',
  asking_note:
    'Keshia inauliza Safaricom kila baada ya sekunde chache. Hudumia mteja anayefuata: mauzo haya yanaendelea kwenye orodha.',
} satisfies Record<keyof typeof english, string>;
