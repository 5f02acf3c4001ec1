/**
 * The small calculator behind Amount: `120+3*80`, brackets, decimals to cents.
 *
 * Everything is exact: numbers are fractions of big integers, and only the end result is rounded
 * (half up) to a cent. A shilling must never be lost to a binary fraction.
 */
import type { Money } from '../ipc/types';
import { format, group, MOST } from './money';

export type SumProblem =
  'empty' | 'unfinished' | 'divide_by_zero' | 'not_a_sum' | 'negative' | 'zero' | 'too_large' | 'too_fine';

export type Sum =
  | { ok: true; cents: Money; isSum: boolean }
  /** `soFar` is the result of what stands before the unfinished end, to show while typing. */
  | { ok: false; problem: SumProblem; soFar: Money | null };

/** Prices by weight need three decimals (0.355 kg); more is a slip. */
const DECIMALS = 3;
const LONGEST = 120;

interface Fraction {
  n: bigint;
  d: bigint;
}

class Stop extends Error {
  constructor(readonly problem: SumProblem) {
    super(problem);
  }
}

export function evaluate(text: string): Sum {
  if (text.trim() === '') return { ok: false, problem: 'empty', soFar: null };
  try {
    return { ok: true, ...solve(text) };
  } catch (stopped) {
    if (!(stopped instanceof Stop)) throw stopped;
    return { ok: false, problem: stopped.problem, soFar: soFar(text, stopped.problem) };
  }
}

function soFar(text: string, problem: SumProblem): Money | null {
  if (problem !== 'unfinished') return null;
  const shorter = text.replace(/[\s+\-−*×xX/÷(.]+$/, '');
  if (shorter === '' || shorter === text) return null;
  try {
    return solve(shorter).cents;
  } catch {
    return null;
  }
}

function solve(text: string): { cents: Money; isSum: boolean } {
  const tokens = tokenize(text);
  const reader = new Reader(tokens);
  const value = reader.expression();
  reader.end();
  const isSum = tokens.length > 1;
  const { n, d } = value;
  if (!isSum && (n * 100n) % d !== 0n) throw new Stop('too_fine');
  if (n < 0n) throw new Stop('negative');
  const cents = (n * 200n + d) / (d * 2n);
  if (cents > BigInt(MOST)) throw new Stop('too_large');
  if (cents === 0n) throw new Stop('zero');
  return { cents: Number(cents), isSum };
}

type Token = { kind: 'number'; value: Fraction } | { kind: 'mark'; mark: '+' | '-' | '*' | '/' | '(' | ')' };

const MARKS: Record<string, '+' | '-' | '*' | '/' | '(' | ')'> = {
  '+': '+',
  '-': '-',
  '−': '-',
  '–': '-',
  '*': '*',
  x: '*',
  X: '*',
  '×': '*',
  '/': '/',
  '÷': '/',
  ':': '/',
  '(': '(',
  ')': ')',
};

/** `[0-9]`, never `\d` with a Unicode flag: a digit of another script is a slip, not a number. */
const NUMBER = /^(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|^\.[0-9]+/;

function tokenize(text: string): Token[] {
  if (text.length > LONGEST) throw new Stop('too_large');
  const tokens: Token[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const number = NUMBER.exec(rest)?.[0];
    if (number !== undefined) {
      tokens.push({ kind: 'number', value: fraction(number) });
      rest = rest.slice(number.length).trimStart();
      if (/^[0-9,.]/.test(rest)) throw new Stop('not_a_sum');
      continue;
    }
    const mark = MARKS[rest.charAt(0)];
    if (mark === undefined) throw new Stop(rest === '.' ? 'unfinished' : 'not_a_sum');
    tokens.push({ kind: 'mark', mark });
    rest = rest.slice(1).trimStart();
  }
  return tokens;
}

function fraction(number: string): Fraction {
  const [whole = '', decimals = ''] = number.replaceAll(',', '').split('.');
  if (decimals.length > DECIMALS) throw new Stop('too_fine');
  return { n: BigInt(`${whole}${decimals}`), d: 10n ** BigInt(decimals.length) };
}

class Reader {
  private at = 0;

  constructor(private readonly tokens: Token[]) {}

  expression(): Fraction {
    let value = this.term();
    for (;;) {
      if (this.take('+')) value = add(value, this.term());
      else if (this.take('-')) value = add(value, minus(this.term()));
      else return value;
    }
  }

  end(): void {
    if (this.at < this.tokens.length) throw new Stop('not_a_sum');
  }

  private term(): Fraction {
    let value = this.factor();
    for (;;) {
      if (this.take('*')) value = times(value, this.factor());
      else if (this.take('/')) value = divide(value, this.factor());
      else return value;
    }
  }

  private factor(): Fraction {
    const token = this.tokens[this.at];
    if (token === undefined) throw new Stop('unfinished');
    this.at += 1;
    if (token.kind === 'number') return token.value;
    if (token.mark === '-') return minus(this.factor());
    if (token.mark !== '(') throw new Stop('not_a_sum');
    const inner = this.expression();
    if (this.at === this.tokens.length) throw new Stop('unfinished');
    if (!this.take(')')) throw new Stop('not_a_sum');
    return inner;
  }

  private take(mark: string): boolean {
    const token = this.tokens[this.at];
    if (token?.kind !== 'mark' || token.mark !== mark) return false;
    this.at += 1;
    return true;
  }
}

const add = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.d + b.n * a.d, d: a.d * b.d });
const minus = (a: Fraction): Fraction => ({ n: -a.n, d: a.d });
const times = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.n, d: a.d * b.d });

function divide(a: Fraction, b: Fraction): Fraction {
  if (b.n === 0n) throw new Stop('divide_by_zero');
  const turned = b.n < 0n ? { n: -b.d, d: -b.n } : { n: b.d, d: b.n };
  return times(a, turned);
}

/** The sum as it is kept above the amount: `650 + 3 × 200`. */
export function tape(text: string): string {
  return text
    .replace(/[\s,]+/g, '')
    .replace(/[0-9]+(?:\.[0-9]*)?/g, (number) => {
      const [whole = '', decimals] = number.split('.');
      return group(whole) + (decimals === undefined ? '' : `.${decimals}`);
    })
    .replace(/[*xX×]/g, ' × ')
    .replace(/[/÷:]/g, ' ÷ ')
    .replace(/\+/g, ' + ')
    .replace(/[-−–]/g, ' − ');
}

/** Would the screen say the same twice if it showed the result beside what was typed? */
export function saysTheSame(text: string, cents: Money): boolean {
  return text.trim() === format(cents);
}
