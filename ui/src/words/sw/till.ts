import type english from '../en/till';

export default {
  state_till: 'Mteja analipa',
  till_no_number: 'till iliyo kaunta',
  till_digits: 'Simu inaishia {digits}',
  till_note: 'Ujumbe wa M-PESA ukifika, bonyeza M na uandike code yake.',
  till_note_list:
    'Keshia inatafuta malipo kwenye orodha ya Safaricom. Ujumbe wa M-PESA ukifika kwanza, bonyeza M na uandike code yake.',
  code_drawn: 'Kamera ya simu husoma nambari na kiasi hapa. Haifungui M-PESA.',
  code_safaricoms: 'Kutoka Safaricom: mteja ai-scan kwenye app ya M-PESA.',
  account: 'Akaunti',
} satisfies Record<keyof typeof english, string>;
