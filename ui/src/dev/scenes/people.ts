/** Who is at the till: the lock, the question to a manager, people in the settings. */
import type { Fake } from '../../ipc/fake';
import type { DeskView } from '../../ipc/types';
import { draft, press } from '../samples';
import type { Scenes } from '.';

const PEOPLE: DeskView['people'] = [
  { id: 'njeri', name: 'Njeri', role: 'owner' },
  { id: 'otieno', name: 'Otieno', role: 'manager' },
  { id: 'achieng', name: 'Achieng', role: 'cashier' },
  { id: 'brian', name: 'Brian Kipchoge Cheruiyot', role: 'cashier' },
];

function staff(fake: Fake, here: string | null): void {
  const person = PEOPLE.find((one) => one.id === here) ?? null;
  fake.desk = { ...fake.desk, people: PEOPLE, person, locked: person === null };
}

export default {
  locked: (fake) => {
    staff(fake, null);
    fake.draft = draft({ amount: '650+3*200' });
  },
  signin: (fake) => {
    staff(fake, null);
    setTimeout(() => document.querySelector<HTMLElement>('[data-name="Achieng"]')?.click(), 700);
  },
  cashier: (fake) => {
    staff(fake, 'achieng');
    fake.draft = draft({ amount: '650+3*200', phone: '0712 345 678' });
  },
  override: (fake) => {
    staff(fake, 'achieng');
    fake.refusals.set('day_report', { code: 'not_permitted', message: '', act: 'see_day' });
    press('nav-day', 500);
  },
  passphrase: (fake) => {
    staff(fake, 'njeri');
    fake.refusals.set('set_auto_lock', { code: 'passphrase_needed', message: '' });
    press('nav-settings', 500);
    press('auto-lock-15', 1000);
  },
  people: (fake) => {
    staff(fake, 'njeri');
    press('nav-settings', 500);
    setTimeout(() => document.querySelector('[data-testid="people"]')?.scrollIntoView(), 1000);
  },
  nopeople: (fake) => {
    void fake;
    press('nav-settings', 500);
    setTimeout(() => document.querySelector('[data-testid="people"]')?.scrollIntoView(), 1000);
  },
  paper: (fake) => {
    staff(fake, 'njeri');
    press('nav-settings', 500);
    press('recovery-new', 1000);
    setTimeout(() => document.querySelector('[data-testid="people"]')?.scrollIntoView(), 1200);
  },
  recover: (fake) => {
    staff(fake, null);
    press('recover-open', 700);
  },
} satisfies Scenes;
