/** The frame: doors, bands, what the link says, closing. */
import { LINK } from '../../ipc/fake';
import { draft, failed, onCounter, open, pushed } from '../samples';
import type { Scenes } from '.';

export default {
  doors: (fake) => (fake.app = { ...fake.app, door: 'first_start' }),
  problem: (fake) =>
    (fake.app = {
      ...fake.app,
      problem: { code: 'database_newer', message: 'schema 7, this Keshia knows 3' },
    }),
  otherpc: (fake) =>
    (fake.app = {
      ...fake.app,
      problem: {
        code: 'other_pc',
        message: 'This book was last used on another PC (SHOP-PC, 03.11.2026 18:02).',
      },
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
  lesson: (fake) => {
    fake.sales = [];
    fake.app = { ...fake.app, mode: 'practice', environment: 'practice' };
    open('lesson-begin');
  },
  lessontill: (fake) => {
    fake.app = {
      ...fake.app,
      mode: 'practice',
      environment: 'practice',
      kind: 'paybill',
      pay_number: '174379',
    };
    open('lesson-begin');
    setTimeout(() => {
      fake.put(pushed(350, '0700000000', 'paid', { state: 'paid' }));
      fake.put(pushed(200, '0700000032', 'not_paid', { state: 'failed', reason: 'cancelled' }));
    }, 700);
  },
  keys: () => {
    setTimeout(() => window.dispatchEvent(new KeyboardEvent('keydown', { key: '?' })), 500);
  },
  progress: (fake) => {
    open('nav-settings');
    setTimeout(() => {
      const chooser = document.querySelector<HTMLInputElement>('[data-testid=statement-file]');
      if (chooser === null) return;
      const files = new DataTransfer();
      files.items.add(new File(['Receipt No.'], 'statement.csv'));
      chooser.files = files.files;
      chooser.dispatchEvent(new Event('change', { bubbles: true }));
    }, 900);
    setTimeout(() => fake.emit('progress', { job: 'statement', done: 12_400, total: 31_000 }), 1_200);
  },
  backup: (fake) => {
    setTimeout(() => fake.emit('backup-told', { code: 'disk_full', message: '' }), 500);
  },
  closing: (fake) => {
    onCounter(fake, pushed(1250, '0712345678', 'waiting', { waited_s: 9 }));
    setTimeout(() => fake.emit('close-asked', { under_way: [fake.sales[0], fake.sales[2]] }), 500);
  },
} satisfies Scenes;
