import type english from '../en/list';

export default {
  set_list: 'Orodha ya Safaricom',
  list_on: 'Imewashwa: Keshia inasoma orodha ya malipo ya Safaricom.',
  list_seen_to: 'inaonyesha malipo yote hadi {time}',
  list_asked: 'Imeombwa. Itakachoonyesha kitaonekana kwenye orodha ya mauzo.',
  list_off:
    'Imezimwa. Jibu la Safaricom likipotea, ni statement pekee itakayoonyesha kama mteja alilipa; na malipo ambayo Safaricom inasema tu yamelipwa hubaki bila code ya M-PESA.',
  list_switch: 'Ili kuiwasha, endesha hii mara moja kwenye kompyuta hii:',
} satisfies Record<keyof typeof english, string>;
