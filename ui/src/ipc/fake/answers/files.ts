/** A period as files, and the evening text. */
import { SQUARES } from '../../../dev/squares';
import type { Answers } from '../answer';

const FOLDER = '/home/njeri/.local/share/ke.keshia.till/reports';
const EVENING = `Mama Njeri Stores · 23.11.2026
Sold KSh 12,350 (41 sales)
Cash KSh 4,500
M-PESA KSh 7,000, not yet confirmed KSh 90
On credit KSh 850
Drawer: Njeri short 50
Njeri 8,000, Achieng 4,350
To look at: 3, KSh 1,910`;

export default {
  export_files: () => [`${FOLDER}/Keshia 2026-11-23.xlsx`],
  evening_text: () => ({ text: EVENING, link: 'https://wa.me/?text=Mama%20Njeri', code: SQUARES }),
  files_folder: () => ({ folder: FOLDER, chosen: false, there: true }),
  choose_files_folder: (_, { folder }) => ({ folder, chosen: true, there: true }),
} satisfies Answers;
