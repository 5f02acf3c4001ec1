/** What the stand-in answers to one command. */
import type {
  Draft,
  GiveBackWay,
  Money,
  Period,
  Printing,
  ReadFrom,
  Role,
  Settings,
  Step,
  TillOwner,
  VatKind,
} from '../types';
import type { Fake } from '.';

/** The arguments of every command together: each takes its own. */
export interface Args {
  form: Record<string, string>;
  settings: Settings;
  draft: Draft;
  saleId: string | null;
  amount: Money;
  phone: string;
  tendered: Money;
  code: string;
  readFrom: ReadFrom;
  digits: string | null;
  pushId: string;
  paid: boolean;
  receipt: string;
  step: Step;
  owner: TillOwner;
  url: string;
  before: number | null;
  period: Period;
  folder: string;
  sealed: boolean;
  withKeys: boolean;
  printing: Printing;
  kind: VatKind;
  personId: string;
  pin: string;
  passphrase: string;
  name: string;
  role: Role;
  minutes: number;
  number: number | null;
  float: Money;
  shiftId: string;
  pieces: Record<number, number>;
  reason: string;
  own: boolean;
  way: GiveBackWay;
  owed: boolean;
  words: string | null;
  at: string;
  typed: string;
  customerId: string;
  part: Money | null;
  anchor: string | null;
  close: number | null;
}

export type Answer = (fake: Fake, args: Args) => unknown;
/** By the command's name. */
export type Answers = Record<string, Answer>;
