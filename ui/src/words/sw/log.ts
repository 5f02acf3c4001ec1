import type english from '../en/log';

export default {
  log_title: 'Keshia ilichoiambia Safaricom',
  log_note: 'Kwa usaidizi wa Safaricom: bila funguo na majina, nambari 3 za mwisho za kila simu tu.',
  log_show: 'Onyesha ya karibuni',
  log_older: 'Ya awali',
  log_empty: 'Keshia bado haijawasiliana na Safaricom.',
  log_export: 'Andika faili ya usaidizi',
  log_exported: 'Imeandikwa: {path}',
  log_took: 'sek {s}',
  log_token: 'Iliingia',
  log_push: 'Ilituma ombi kwa simu',
  log_question: 'Iliuliza kuhusu ombi',
  log_pull: 'Ilisoma orodha ya malipo',
  log_register: 'Ilisema taarifa ziende wapi',
  log_simulate: 'Iliigiza mteja',
  log_other: 'Ombi lingine',
  log_accepted: 'Limekubaliwa',
  log_pending: 'Bado linaendelea',
  log_refused: 'Safaricom haikulipokea',
} satisfies Record<keyof typeof english, string>;
