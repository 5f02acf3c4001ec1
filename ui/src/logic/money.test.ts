import { expect, it } from 'vitest';
import { format, group, ksh } from './money';

it('writes money as a till does', () => {
  expect(format(125_000)).toBe('1,250');
  expect(format(125_050)).toBe('1,250.50');
  expect(format(5)).toBe('0.05');
  expect(format(0)).toBe('0');
  expect(format(-125_005)).toBe('−1,250.05');
  expect(format(10 ** 13)).toBe('100,000,000,000');
  expect(ksh(100)).toBe('KSh\u00a01');
  expect(group('1234567')).toBe('1,234,567');
});
