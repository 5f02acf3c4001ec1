import { describe, expect, it } from 'vitest';
import { evaluate, saysTheSame, tape } from './calculator';

const cents = (text: string): number | string => {
  const sum = evaluate(text);
  return sum.ok ? sum.cents : sum.problem;
};

describe('evaluate', () => {
  it.each([
    ['1250', 125_000],
    ['1,250', 125_000],
    ['1250.50', 125_050],
    ['1250.5', 125_050],
    ['.5', 50],
    [' 12 ', 1_200],
    ['120+3*80', 36_000],
    ['120 + 3 × 80', 36_000],
    ['3x80', 24_000],
    ['3X80', 24_000],
    ['(120+3)*80', 984_000],
    ['500-120', 38_000],
    ['500−120', 38_000],
    ['1000/3', 33_333],
    ['2000/3', 66_667],
    ['1/3*3', 100],
    ['0.355*240', 8_520],
    ['0.1+0.2', 30],
    ['4.35*100', 43_500],
    ['1.005*100', 10_050],
    ['-5+10', 500],
    ['100:4', 2_500],
  ])('%s is %i cents, without a float', (text, expected) => {
    expect(cents(text)).toBe(expected);
  });

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['120+', 'unfinished'],
    ['120*(', 'unfinished'],
    ['(120', 'unfinished'],
    ['120+3*', 'unfinished'],
    ['.', 'unfinished'],
    ['1/0', 'divide_by_zero'],
    ['5/(3-3)', 'divide_by_zero'],
    ['abc', 'not_a_sum'],
    ['12k', 'not_a_sum'],
    ['1.2.3', 'not_a_sum'],
    ['1,25', 'not_a_sum'],
    ['12 50', 'not_a_sum'],
    ['*5', 'not_a_sum'],
    ['5)', 'not_a_sum'],
    ['()', 'not_a_sum'],
    ['١٢٣', 'not_a_sum'],
    ['１２３', 'not_a_sum'],
    ['1e5', 'not_a_sum'],
    ['0', 'zero'],
    ['5-5', 'zero'],
    ['0.001*1', 'zero'],
    ['3-5', 'negative'],
    ['1250.505', 'too_fine'],
    ['1.23456', 'too_fine'],
    ['99999999999999', 'too_large'],
    ['9'.repeat(200), 'too_large'],
  ])('%s is refused: %s', (text, problem) => {
    expect(cents(text)).toBe(problem);
  });

  it('shows what stands before an unfinished end', () => {
    expect(evaluate('120+')).toEqual({ ok: false, problem: 'unfinished', soFar: 12_000 });
    expect(evaluate('120+3*')).toEqual({ ok: false, problem: 'unfinished', soFar: 12_300 });
    expect(evaluate('1/0')).toEqual({ ok: false, problem: 'divide_by_zero', soFar: null });
  });

  it('knows a sum from a plain number', () => {
    expect(evaluate('1250')).toMatchObject({ isSum: false });
    expect(evaluate('650+600')).toMatchObject({ isSum: true });
  });
});

it('keeps the sum readable above the amount', () => {
  expect(tape('650+3*1200')).toBe('650 + 3 × 1,200');
  expect(tape('1,000-2.5/5')).toBe('1,000 − 2.5 ÷ 5');
});

it('does not say the same number twice', () => {
  expect(saysTheSame('350', 35_000)).toBe(true);
  expect(saysTheSame('1250', 125_000)).toBe(false);
});
