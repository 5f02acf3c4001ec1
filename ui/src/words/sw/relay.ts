import type english from '../en/relay';

export default {
  set_relay: 'Relay na kaunta',
  relay_why:
    'Relay huleta taarifa za Safaricom, ili malipo yaonekane mara moja. Bandika laini ya kuunganisha kutoka kwa mwendeshaji wake au kaunta iliyounganishwa.',
  relay_paste: 'Laini ya kuunganisha',
  relay_pair: 'Unganisha',
  relay_unpair: 'Ondoa muunganisho',
  relay_another: 'Unganisha kaunta nyingine',
  relay_line_note:
    'Bandika hii kwenye kaunta nyingine ndani ya dakika kumi. Ina siri ya duka: usimwonyeshe mtu mwingine.',
  relay_heard: 'ilisikika sekunde {s} zilizopita',
  relay_not_yet: 'bado haijasikika',
  relay_unreachable: 'haijibu. Keshia inauliza Safaricom kwa sasa.',
  relay_not_let_in: 'haikubali kaunta hii tena. Iunganishe upya.',
  relay_chain_refused: 'imeona kumbukumbu za kaunta hii ambazo hazimo katika kitabu hiki.',
  relay_restored_why:
    'Malipo yanaendelea kufika. Kama kitabu hiki kilirudishwa kutoka kwa nakala, mwenye duka huiruhusu relay iendelee nacho: inakumbuka ilichoona. Kama hakuna aliyerudisha, hii ni nakala ya zamani au kuna aliyekibadilisha: mwambie mwenye duka.',
  relay_restored: 'Kilirudishwa: endelea na kitabu hiki',
  relay_here: 'inasikika, lakini diski ya kompyuta hii inakataa kuandika.',
  relay_addresses: 'Anwani za malipo ya wateja wenyewe, za kusajiliwa Safaricom:',
  relay_counts: 'Taarifa zisizohusika hapa: {strange}. Zisizosomeka: {aside}. Zilizopitwa na muda: {missed}.',
  owner_why:
    'Simu ya mwenye duka: skani mara moja, na itaonyesha siku ya kaunta hii popote palipo na intaneti. Mwenye kiungo anaona siku; kiungo kipya huondoa cha zamani.',
  owner_make: 'Kiungo kipya cha simu ya mwenye duka',
  owner_drop: 'Ondoa ukurasa',
  relay_limit: 'Zaidi ya kiasi hiki (KSh) Safaricom yenyewe lazima ithibitishe',
  sharing_title: 'Kaunta kwenye nambari hii',
  sharing_alone: 'Hii ndiyo kaunta pekee',
  sharing_collector: 'Kuna nyingine; hii ndiyo inayopokea malipo ya wateja wenyewe',
  sharing_own_only: 'Kaunta nyingine hupokea; hii inachukua malipo ya maombi yake tu',
  sharing_claims: 'Kaunta huamua kupitia relay ni ipi iliyo na malipo.',
  counter_letter: 'Herufi ya kaunta hii',
} satisfies Record<keyof typeof english, string>;
