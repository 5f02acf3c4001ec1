/** The set-up doctor, the addresses, and the log. */
import { minutesAgo, open } from '../samples';
import type { Fake } from '../../ipc/fake';
import type {
  DoctorView,
  Finding,
  Interaction,
  InteractionAnswer,
  InteractionKind,
  Step,
} from '../../ipc/types';
import doctorView from '../doctor.json';
import type { Scenes } from '.';

export default {
  log: (fake) => {
    fake.interactions = interactions();
  },
  doctor: (fake) => {
    examined(fake);
    open('nav-settings', 'set-doctor', 'doctor-start');
  },
  doctoridle: (fake) => {
    examined(fake);
    open('nav-settings', 'set-doctor');
  },
  doctorfix: (fake) => {
    examined(fake);
    fake.doctorSteps.push = finding('push', 'fix', [
      'Safaricom took the prompt and then ended it: the numbers do not belong together (2028, SFC_IC0003). For a till type the store number of the go-live e-mail and the till number of the sticker; for a paybill choose Paybill.',
      'Safaricom ilipokea ombi kisha ikalimaliza: nambari haziendani (2028, SFC_IC0003). Kwa till andika nambari ya store ya barua pepe ya go-live na nambari ya till ya stika; kwa paybill chagua Paybill.',
    ]);
    delete fake.doctorSteps.pull;
    open('nav-settings', 'set-doctor', 'doctor-start');
  },
  addresses: (fake) => {
    examined(fake);
    open('nav-settings', 'set-addresses');
    setTimeout(() => {
      const field = document.querySelector<HTMLInputElement>('[data-testid=address-confirmation]');
      if (field === null) return;
      field.value = 'https://duka.example/mpesa/in';
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }, 2_000);
  },
} satisfies Scenes;

function interactions(): Interaction[] {
  const row = (seq: number, kind: InteractionKind, answer: InteractionAnswer, ms: number): Interaction => ({
    seq,
    at: minutesAgo(9 - seq),
    duration_ms: ms,
    kind,
    answer,
    host: 'api.safaricom.co.ke',
    status: 200,
    code: '0',
  });
  return [
    row(6, 'push', { word: 'not_sent', reason: 'no_network' }, 12),
    row(5, 'question', { word: 'paid' }, 611),
    row(4, 'question', { word: 'pending' }, 540),
    row(3, 'push', { word: 'accepted' }, 1_312),
    row(2, 'token', { word: 'accepted' }, 380),
    row(1, 'question', { word: 'ended', reason: 'cancelled' }, 702),
  ];
}

function finding(step: Step, mark: Finding['mark'], [en, sw]: [string, string]): Finding {
  return { step, mark, outcome: 'x', words: { en, sw }, goes_on: true, push_id: null };
}

/** What a well practice shop finds. The screen's own words are the shell's, compared by a test. */
function examined(fake: Fake): void {
  fake.doctor = doctorView as DoctorView;
  const well: [Step, Finding['mark'], [string, string]][] = [
    ['keys', 'good', ['Consumer key, consumer secret and passkey are here.', 'Funguo zote zipo hapa.']],
    [
      'token',
      'good',
      ['Safaricom accepts consumer key and secret.', 'Safaricom inakubali consumer key na secret.'],
    ],
    [
      'push',
      'good',
      ['KSh 1 was paid: number, passkey and till belong together.', 'KSh 1 imelipwa: nambari zinaendana.'],
    ],
    [
      'notice',
      'neutral',
      [
        'No relay: Keshia asks Safaricom instead; nothing to do.',
        'Hakuna relay: Keshia inauliza Safaricom yenyewe; hakuna la kufanya.',
      ],
    ],
    ['c2b', 'good', ['A played customer’s payment was taken.', 'Malipo ya mteja wa mchezo yamepokelewa.']],
    ['pull', 'good', ['The list can be read; its first page shows 3 payments.', 'Orodha inasomeka.']],
  ];
  for (const [step, mark, words] of well) fake.doctorSteps[step] = finding(step, mark, words);
}
