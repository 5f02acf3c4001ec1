/** The set-up doctor, the addresses, and what was said to Safaricom. */
import type { DoctorView } from '../../types';
import type { Answers } from '../answer';

const FORBIDDEN = {
  en: 'Safaricom refuses an address with “mpesa” in it: choose another path or name.',
  sw: 'Safaricom inakataa anwani yenye “mpesa” ndani yake: chagua njia au jina lingine.',
};

export default {
  doctor: (fake) => fake.doctor,
  doctor_step: (fake, { step }) => fake.doctorSteps[step] ?? new Promise(() => undefined),
  till_owner: (fake, { owner }) => ({ ...(fake.doctor as DoctorView).list, owner }),
  address_trouble: (_, { url }) => (url.includes('mpesa') ? FORBIDDEN : null),
  interactions: (fake, { before }) => fake.interactions.filter((row) => before === null || row.seq < before),
  export_interactions: () =>
    '/home/njeri/.local/share/ke.keshia.till/exports/keshia-safaricom-20261123-143302.jsonl',
} satisfies Answers;
