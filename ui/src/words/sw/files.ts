import type english from '../en/files';

export default {
  files_save: 'Hifadhi kama',
  files_pdf: 'A4 ya kuhifadhi (PDF)',
  files_xlsx: 'Kitabu cha Excel',
  files_csv: 'Jedwali (CSV)',
  files_writing: 'Faili inaandikwa…',
  files_go_to: 'Faili zinawekwa',
  files_folder: 'Folda nyingine, njia yake yote',
  files_choose: 'Tumia folda hii',
  files_own: 'Tumia folda ya Keshia',
  files_no_folder: 'Folda hiyo haipo. Chomeka flash disk, au chagua nyingine',
  set_files: 'Faili',
  evening: 'Ujumbe wa jioni',
  evening_link: 'Nakili kiungo cha WhatsApp',
  evening_code: 'Ujumbe wa jioni kama code ya mraba',
  evening_code_note: 'Elekeza kamera ya simu hapa: WhatsApp itafunguka na ujumbe.',
} satisfies Record<keyof typeof english, string>;
