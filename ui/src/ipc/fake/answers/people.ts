/** Who is at the till. Everybody's PIN is 2718, and the passphrase is open sesame. */
import type { DeskView, Problem, Role } from '../../types';
import type { Answers } from '../answer';
import type { Fake } from '..';

const PIN = '2718';
const PASSPHRASE = 'open sesame';
const PAPER = ['7K3Q', 'M2XH', '9RTB', 'C40D', 'WJ6E', '5PNV', 'A8GS', 'F1YZ'];

function told(fake: Fake, change: Partial<DeskView>): DeskView {
  fake.desk = { ...fake.desk, ...change };
  fake.emit('desk-changed', fake.desk);
  return fake.desk;
}

function check(ok: boolean): void {
  if (!ok) throw { code: 'pin_wrong', message: 'That is not right.' } satisfies Problem;
}

const newcomer = (name: string, role: Role): DeskView['people'][number] => ({ id: name, name, role });

export default {
  desk: (fake) => fake.desk,
  touch: () => null,
  lock: (fake) => told(fake, { locked: fake.desk.people.length > 0, person: null }),
  sign_in: (fake, { personId, pin }) => {
    check(pin === PIN);
    const person = fake.desk.people.find((one) => one.id === personId) ?? null;
    return told(fake, { locked: false, person, passphrase_s: 0 });
  },
  give_passphrase: (fake, { passphrase }) => {
    check(passphrase === PASSPHRASE);
    return told(fake, { passphrase_s: 600 });
  },
  grant: (_, { pin }) => {
    check(pin === PIN);
    return null;
  },
  make_owner: (fake, { form }) => {
    const owner = newcomer(form['name'] ?? '', 'owner');
    return {
      desk: told(fake, { person: owner, people: [owner], passphrase_s: 600 }),
      recovery_code: PAPER,
    };
  },
  new_recovery_code: () => PAPER,
  recover: (fake) => ({ desk: fake.desk, recovery_code: PAPER }),
  add_person: (fake, { name, role }) => told(fake, { people: [...fake.desk.people, newcomer(name, role)] }),
  change_person: (fake, { personId, name, role }) =>
    told(fake, {
      people: fake.desk.people.map((one) => (one.id === personId ? { ...one, name, role } : one)),
    }),
  reset_pin: (fake) => fake.desk,
  let_go: (fake, { personId }) =>
    told(fake, { people: fake.desk.people.filter((one) => one.id !== personId) }),
  change_pin: (fake) => fake.desk,
  change_passphrase: (fake) => fake.desk,
  set_auto_lock: (fake, { minutes }) => told(fake, { auto_lock_min: minutes }),
} satisfies Answers;
