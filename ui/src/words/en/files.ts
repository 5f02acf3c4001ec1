/** Files of a period, the folder that they go to, and the evening text. */
export default {
  files_save: 'Save as',
  files_pdf: 'A4 to file (PDF)',
  files_xlsx: 'Workbook (Excel)',
  files_csv: 'Tables (CSV)',
  files_writing: 'Writing the file…',
  files_go_to: 'Files go to',
  files_folder: 'Another folder, with its whole path',
  files_choose: 'Use this folder',
  files_own: 'Use Keshia’s own folder',
  files_no_folder: 'That folder is not there. Plug the stick in, or choose another',
  set_files: 'Files',
  evening: 'Evening text',
  evening_link: 'Copy the WhatsApp link',
  evening_code: 'The evening text as a square code',
  evening_code_note: 'Point a phone’s camera here: WhatsApp opens with the text.',
} as const;
