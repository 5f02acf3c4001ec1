import type english from '../en/paper';

export default {
  paper_title: 'Ingiza kutoka kwenye karatasi',
  paper_note:
    'Mauzo yaliyoandikwa kwenye karatasi, ya siku saba zilizopita. Yanahesabiwa leo, na yanaonyesha yalifanywa lini.',
  paper_amount: 'Kiasi',
  paper_day: 'Siku',
  paper_today: 'Leo',
  paper_yesterday: 'Jana',
  paper_time: 'Saa',
  paper_code: 'Code ya M-PESA, au acha wazi: taslimu',
  paper_go_cash: 'Ingiza: {amount} taslimu',
  paper_go_code: 'Ingiza: {amount} kwa M-PESA',
  paper_wait: 'Andika kiasi kilicho kwenye karatasi',
  paper_time_wait: 'Andika muda ulio kwenye karatasi, kama 14:30',
  paper_future: 'Muda huu bado haujafika. Angalia siku na muda',
  paper_written: 'Yaliyoingizwa sasa',
  paper_mark: 'Yaliingizwa baadaye, kutoka kwenye karatasi',
  line_from_paper: 'yaliingizwa baadaye',
} satisfies Record<keyof typeof english, string>;
