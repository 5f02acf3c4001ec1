import { expect, it } from 'vitest';
import { commandOf, KEYS, letterOf, startsAmount } from './keys';

const press = (key: string, more: Partial<{ ctrlKey: boolean; altKey: boolean; metaKey: boolean }> = {}) => ({
  key,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  ...more,
});

it('lets letters act in fields that take digits', () => {
  expect(commandOf(press('c'), 'digits')).toBe('cash');
  expect(commandOf(press('C'), 'digits')).toBe('cash');
  expect(commandOf(press('n'), 'nothing')).toBe('next');
});

it('never takes a letter from a field that takes text', () => {
  for (const row of KEYS) expect(commandOf(press(row.letter), 'text'), row.command).toBeNull();
  expect(commandOf(press('F3'), 'text'), 'F-keys still act').toBe('cash');
});

it('leaves x to multiplication', () => {
  expect(commandOf(press('x'), 'digits')).toBeNull();
  expect(commandOf(press('x'), 'nothing')).toBe('no');
});

it('gives money away while the next amount is typed', () => {
  expect(commandOf(press('g'), 'digits')).toBe('give');
  expect(commandOf(press('j'), 'digits'), 'nobody answers for a prompt by a slip').toBeNull();
  expect(commandOf(press('j'), 'nothing')).toBe('judge');
});

it('leaves the shortcuts of the system alone', () => {
  expect(commandOf(press('c', { ctrlKey: true }), 'digits'), 'copy').toBeNull();
  expect(startsAmount(press('1', { ctrlKey: true }))).toBe(false);
});

it('gives every command one letter and one F-key of its own', () => {
  expect(new Set(KEYS.map((row) => row.letter)).size).toBe(KEYS.length);
  const fs = KEYS.flatMap((row) => (row.f === null ? [] : [row.f]));
  expect(new Set(fs).size).toBe(fs.length);
  expect(letterOf('till')).toBe('T');
});

it('begins an amount with a digit, a point or a bracket', () => {
  for (const key of ['0', '9', '.', '(']) expect(startsAmount(press(key)), key).toBe(true);
  for (const key of ['a', 'Enter', '+']) expect(startsAmount(press(key)), key).toBe(false);
});
