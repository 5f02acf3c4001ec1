import { describe, expect, it } from 'vitest';
import { groupAsTyped, readPhone } from './phone';

const full = { kind: 'full', local: '0712345678', pretty: '0712 345 678', last3: '678' };

describe('readPhone', () => {
  it.each([
    '0712345678',
    '0712 345 678',
    '+254712345678',
    '+254 712-345-678',
    '254712345678',
    '712345678',
    ' (0712) 345 678 ',
    '0712\u00a0345\u00a0678',
  ])('%s is one number', (text) => {
    expect(readPhone(text)).toEqual(full);
  });

  it('knows the 01 numbers', () => {
    expect(readPhone('0110123456')).toMatchObject({ kind: 'full', local: '0110123456' });
    expect(readPhone('110123456')).toMatchObject({ kind: 'full', local: '0110123456' });
  });

  it('takes exactly three digits as the end of the phone', () => {
    expect(readPhone('678')).toEqual({ kind: 'digits', digits: '678' });
    expect(readPhone('012')).toEqual({ kind: 'digits', digits: '012' });
  });

  it('takes nothing as nothing', () => {
    expect(readPhone('')).toEqual({ kind: 'empty' });
    expect(readPhone('  ')).toEqual({ kind: 'empty' });
  });

  it.each([
    ['07', 'too_short'],
    ['07123', 'too_short'],
    ['+254', 'too_short'],
    ['07123456789', 'too_long'],
    ['2547123456789', 'too_long'],
    ['0201234567', 'not_a_mobile'],
    ['0412345678', 'not_a_mobile'],
    ['2541', 'too_short'],
    ['254201234567', 'not_a_mobile'],
    ['+255712345678', 'other_country'],
    ['+1 202 555 0100', 'other_country'],
    ['07a2345678', 'not_digits'],
    ['٠٧١٢٣٤٥٦٧٨', 'not_digits'],
    ['０７１２３４５６７８', 'not_digits'],
  ])('%s is refused: %s', (text, problem) => {
    expect(readPhone(text)).toEqual({ kind: 'bad', problem });
  });
});

it('groups a number as it is typed, and only a plain one', () => {
  const steps = ['0', '07', '071', '0712', '0712 3', '0712 34', '0712 345', '0712 345 6'];
  for (const step of steps) expect(groupAsTyped(step.replaceAll(' ', ''))).toBe(step);
  expect(groupAsTyped('0712 ')).toBe('0712');
  expect(groupAsTyped('678')).toBe('678');
  expect(groupAsTyped('+254712345678')).toBe('+254712345678');
  expect(groupAsTyped('07123456789')).toBe('07123456789');
});
