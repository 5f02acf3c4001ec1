/** The frame: doors, bands, what the link says, closing. */
import { LINK } from '../../ipc/fake';
import { draft, failed, onCounter, pushed } from '../samples';
import type { Scenes } from '.';

export default {
  doors: (fake) => (fake.app = { ...fake.app, door: 'first_start' }),
  problem: (fake) =>
    (fake.app = {
      ...fake.app,
      problem: { code: 'database_newer', message: 'schema 7, this Keshia knows 3' },
    }),
  empty: (fake) => {
    fake.sales = [];
    fake.app = { ...fake.app, mode: 'practice', environment: 'practice', kind: 'till' };
  },
  elsewhere: (fake) => (fake.app = { ...fake.app, mode: 'elsewhere', address: 'http://127.0.0.1:4010' }),
  today: (fake) => (fake.app = { ...fake.app, mode: 'today', connected: false }),
  skew: (fake) => (fake.link = { ...LINK, clock_skew_s: 90_000 }),
  offline: (fake) => {
    fake.link = { ...LINK, online: false };
    fake.draft = draft({ amount: '1250', phone: '0712 345 678' });
  },
  slow: (fake) => {
    fake.link = { ...LINK, prompts_slow: true };
    fake.draft = draft({ amount: '1250' });
  },
  slowphone: (fake) => {
    fake.link = { ...LINK, prompts_slow: true };
    fake.draft = draft({ amount: '1250', phone: '0712 345 678' });
  },
  slowfailed: (fake) => {
    fake.link = { ...LINK, prompts_slow: true };
    onCounter(fake, failed('no_answer'));
  },
  doubt: (fake) => (fake.link = { ...LINK, clock_behind: new Date(Date.now() + 3 * 864e5).toISOString() }),
  nolist: (fake) => (fake.link = { ...LINK, pull: { on: false, read_at: null, seen_to: null } }),
  backup: (fake) => {
    setTimeout(() => fake.emit('backup-told', { code: 'disk_full', message: '' }), 500);
  },
  closing: (fake) => {
    onCounter(fake, pushed(1250, '0712345678', 'waiting', { waited_s: 9 }));
    setTimeout(() => fake.emit('close-asked', { under_way: [fake.sales[0], fake.sales[2]] }), 500);
  },
} satisfies Scenes;
