import type english from '../en/frame';

export default {
  counter_name: 'Kaunta {counter}',
  online: 'Mtandaoni',
  offline: 'Hakuna intaneti',
  link_unknown: 'Bado',
  nav_sell: 'Uza',
  nav_day: 'Siku',
  nav_lock: 'Funga',
  nav_settings: 'Mipangilio',
  opening: 'Inafungua…',
  practice_band: 'Mazoezi: si pesa halisi',
  sandbox_band: 'Safaricom sandbox: si pesa halisi',
  elsewhere_band: 'Si Safaricom bali {address}: si pesa halisi',
  open_phone: 'Simu ya mteja',
  clock_ahead: 'Saa ya kompyuta iko mbele ya Safaricom kwa {time}. Rekebisha tarehe na saa',
  clock_behind: 'Saa ya kompyuta iko nyuma ya Safaricom kwa {time}. Rekebisha tarehe na saa',
  date_doubt:
    'Kompyuta inasema {now}, lakini mauzo ya mwisho ni ya {newest}. Je, tarehe ya kompyuta ni sahihi? Kama si sahihi, irekebishe kwanza.',
  date_right: 'Tarehe ni sahihi',
  backup_disk_full: 'Hakuna nakala ya leo: diski imejaa. Ongeza nafasi; mauzo yanaendelea',
  backup_disk_read_only:
    'Hakuna nakala ya leo: Keshia haiwezi kuandika kwenye folda ya nakala. Mauzo yanaendelea',
  backup_damaged: 'Hakuna nakala ya leo: faili ya mauzo imeharibika. Mwonyeshe mwenye duka sasa',
  backup_failed: 'Hakuna nakala ya leo: kagua diski. Mauzo yanaendelea',
  minutes: 'dakika {n}',
  hours: 'masaa {n}',
  days: 'siku {n}',
} satisfies Record<keyof typeof english, string>;
