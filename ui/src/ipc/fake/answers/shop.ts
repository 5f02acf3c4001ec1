/** The doors, the settings and the connection. */
import { SQUARES } from '../../../dev/squares';
import type { AppState } from '../../types';
import type { Answers } from '../answer';
import type { Fake } from '..';

const open = (fake: Fake, change: Partial<AppState>): AppState =>
  (fake.app = { ...fake.app, door: 'open', ...change });

export default {
  app_state: (fake) => fake.app,
  choose_practice: (fake) =>
    open(fake, { mode: 'practice', environment: 'practice', key_storage: 'practice' }),
  start_today: (fake, { form }) =>
    open(fake, {
      mode: 'today',
      connected: false,
      shop_name: form['shop_name'] ?? '',
      pay_number: form['till_number'] ?? null,
    }),
  connect: (fake, { form }) =>
    open(fake, { mode: 'live', connected: true, shop_name: form['shop_name'] ?? '' }),
  leave_practice: (fake) => (fake.app = { ...fake.app, door: 'first_start' }),
  save_settings: (fake, { settings }) =>
    (fake.app = { ...fake.app, settings, shop_name: settings.shop_name }),
  test_connection: () => ({ ok: true, code: 'ok', message: '', clock_skew_s: null }),
  pay_code: (fake) => (fake.app.pay_number === null ? null : SQUARES),
  safaricoms_code: (fake) => fake.safaricomsCode,
  confirm_clock: (fake) => {
    fake.link = { ...fake.link, clock_behind: null };
    fake.emit('link-changed', fake.link);
    return null;
  },
} satisfies Answers;
