/**
 * What was typed into Phone: a whole number, the last three digits, or nothing.
 *
 * The till core (`Msisdn::parse`) has the last word; these are the same rules, so that the button
 * can say what Enter will do while the cashier still types.
 */
export type PhoneProblem = 'too_short' | 'too_long' | 'not_digits' | 'not_a_mobile' | 'other_country';

export type PhoneRead =
  | { kind: 'empty' }
  | { kind: 'digits'; digits: string }
  | { kind: 'full'; local: string; pretty: string; last3: string }
  /** Chosen from the list of customers: the number itself stays with the shell. */
  | { kind: 'regular'; id: string; name: string; last3: string }
  | { kind: 'bad'; problem: PhoneProblem };

/** What people put between digits; `\u00a0` and `\u2011` come with pasted numbers. */
const BETWEEN = /[\s\u00a0\u2011()\-.]/g;
/** Subscriber number without country code or leading 0: nine digits. */
const SUBSCRIBER = 9;

export function readPhone(text: string): PhoneRead {
  const bare = text.replace(BETWEEN, '');
  if (bare === '') return { kind: 'empty' };
  const international = bare.startsWith('+');
  const digits = international ? bare.slice(1) : bare;
  if (!/^[0-9]*$/.test(digits)) return { kind: 'bad', problem: 'not_digits' };
  if (!international && digits.length === 3) return { kind: 'digits', digits };
  return subscriber(digits, international);
}

function subscriber(digits: string, international: boolean): PhoneRead {
  if (international && !'254'.startsWith(digits.slice(0, 3)))
    return { kind: 'bad', problem: 'other_country' };
  let rest = digits;
  if (digits.startsWith('254')) rest = digits.slice(3);
  else if (international) rest = '';
  else if (digits.startsWith('0')) rest = digits.slice(1);
  if (rest !== '' && !/^[17]/.test(rest)) return { kind: 'bad', problem: 'not_a_mobile' };
  if (rest.length < SUBSCRIBER) return { kind: 'bad', problem: 'too_short' };
  if (rest.length > SUBSCRIBER) return { kind: 'bad', problem: 'too_long' };
  const local = `0${rest}`;
  return { kind: 'full', local, pretty: pretty(local), last3: local.slice(-3) };
}

function pretty(local: string): string {
  return `${local.slice(0, 4)} ${local.slice(4, 7)} ${local.slice(7)}`;
}

/** Digits by which a regular may be meant: three at least, and not a number of which the first half stands there. */
export function mayEndWith(text: string): string | null {
  const digits = text.replace(BETWEEN, '');
  if (!/^[0-9]{3,10}$/.test(digits)) return null;
  return digits.startsWith('0') && digits.length > 3 && digits.length <= SUBSCRIBER ? null : digits;
}

/**
 * Groups a number as it is typed: `0712345` → `0712 345`. Only plain typing in one direction is
 * touched; a number pasted in another form stays as it came.
 */
export function groupAsTyped(text: string): string {
  const digits = text.replaceAll(' ', '');
  if (!/^0[0-9]{0,9}$/.test(digits)) return text;
  return [digits.slice(0, 4), digits.slice(4, 7), digits.slice(7)].filter((part) => part !== '').join(' ');
}
