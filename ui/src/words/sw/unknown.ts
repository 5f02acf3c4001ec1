import type english from '../en/unknown';

export default {
  state_unknown: 'Bado haijulikani',
  unknown_money: 'Huenda pesa imeshatoka. Usitume ombi lingine',
  keshia_asks: 'Keshia inauliza Safaricom',
  keshia_asks_again: 'Keshia inauliza Safaricom tena',
  keshia_reads_too: 'Keshia pia inasoma orodha ya malipo ya Safaricom',
  keshia_reads: 'Jibu la Safaricom lilipotea. Keshia inasoma orodha ya malipo ya Safaricom ili kujua',
  cannot_ask:
    'Jibu la Safaricom lilipotea, kwa hiyo Keshia haiwezi kuuliza. Simu ya mteja au taarifa ya M-PESA (statement) pekee ndiyo itaonyesha',
  too_old_to_ask: 'Ni ya zamani mno kuuliza Safaricom. Taarifa ya M-PESA (statement) pekee ndiyo itaonyesha',
  list_read_at: 'imesomwa {time}',
  list_not_read: 'bado haijasomwa',
  read_now: 'Isome sasa',
  state_awaits: 'Inasubiri statement',
  asked_last: 'imeuliza mara ya mwisho {time}',
  not_asked: 'jibu la kwanza linakuja',
  ask_in: 'Baada ya sekunde {s} muulize mteja: amepata ujumbe wa M-PESA?',
  send_in: 'Unaweza kutuma tena baada ya sekunde {s}',
  send_later: 'Simu nyingine inaweza kuombwa sasa, hii isubiri',
  ask_customer: 'Muulize mteja: amepata ujumbe wa M-PESA?',
  ask_yes: 'Ndiyo: andika code',
  ask_no: 'Hapana, hakuna ujumbe',
  ask_said_no:
    'Mteja hana ujumbe wa M-PESA. Unaweza kutuma tena; Keshia inaendelea kuangalia ombi la kwanza.',
  ask_now: 'Uliza sasa',
} satisfies Record<keyof typeof english, string>;
