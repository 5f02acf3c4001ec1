import type english from '../en/matters';

export default {
  matter_refund_due: 'Pesa ya kumrudishia mteja',
  matter_refund_due_note: 'Malipo mengine ya M-PESA pia yalilipa mauzo haya. Mrudishie mteja kiasi hiki.',
  matter_too_much: 'Imezidi kwa {amount}',
  matter_too_much_note: 'Mteja amelipa till zaidi ya mauzo haya. Mrudishie tofauti.',
  matter_perhaps_same_money: 'Huenda ni pesa ile ile',
  matter_perhaps_same_money_note:
    'Safaricom inasema ombi pia lililipwa, bila nambari ya risiti. Linganisha ujumbe kabla ya kurudisha pesa.',
  matter_contradiction: 'Taarifa mbili zinapingana',
  matter_contradiction_note: 'Zote zimehifadhiwa. Mwonyeshe mwenye duka mauzo haya.',
  matter_code_of_another: 'Code hii ni ya malipo ya mauzo mengine',
  matter_code_of_another_note:
    'Haiwezi kulipa mauzo haya pia. Mwombe mteja ujumbe sahihi, au pokea pesa kwa njia nyingine.',
  matter_perhaps_code_of_another: 'Code hii huenda ni ya ombi la mauzo mengine',
  matter_perhaps_code_of_another_note:
    'Simu hiyo hiyo iliombwa kiasi hiki kwa mauzo mengine. Ujumbe mbili kwenye simu: yote yamelipwa.',
  matter_reversed: 'Malipo yalirudishwa kwa mteja',
  matter_reversed_note:
    'Taarifa ya M-PESA inaonyesha yalirudishwa baada ya mauzo haya. Duka halina pesa hizi.',
  matter_also_at_another_counter: 'Kaunta nyingine pia ina malipo haya',
  matter_also_at_another_counter_note:
    'Ni ya mauzo haya. Mtu kwenye kaunta nyingine aliyapa mauzo ya huko: mauzo hayo hayajalipwa.',
} satisfies Record<keyof typeof english, string>;
