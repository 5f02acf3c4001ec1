import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { speech, t } from '.';
import { ids } from '../testids';
import { catalogue } from './catalogue';

const root = join(import.meta.dirname, '..');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(svelte|ts)$/.test(file) && !file.endsWith('.test.ts'))
  .filter(
    (file) => !file.startsWith('dev') && file !== 'testids.ts' && file !== join('words', 'catalogue.ts'),
  );
const source = files.map((file) => readFileSync(join(root, file), 'utf8')).join('\n');

const entries = Object.entries(catalogue);
const blanks = (sentence: string): string[] =>
  [...sentence.matchAll(/\{(\w+)\}/g)].map((m) => m[1] ?? '').sort();

/** Keys that are put together from a fixed beginning and an enum word. */
const COMPOSED = /^phone_(too_short|too_long|not_digits|not_a_mobile|other_country)$/;

it('has no sentence that nobody says', () => {
  const unused = entries
    .map(([key]) => key)
    .filter((key) => !COMPOSED.test(key) && !source.includes(`'${key}'`) && !source.includes(`"${key}"`));
  expect(unused).toEqual([]);
});

it('has the same blanks in both languages', () => {
  for (const [key, { en, sw }] of entries) expect(blanks(sw), key).toEqual(blanks(en));
});

it('leaves nothing empty and nothing unfinished', () => {
  for (const [key, words] of entries) {
    for (const sentence of [words.en, words.sw]) {
      expect(sentence.trim(), key).toBe(sentence);
      expect(sentence, key).not.toBe('');
    }
  }
});

it('keeps the house words', () => {
  for (const [key, { en, sw }] of entries) {
    expect(en, `${key}: nobody is a he, and nothing is retried`).not.toMatch(
      /\b(he|his|him|retry|callback)\b/i,
    );
    expect(sw, `${key}: kodi is rent or tax`).not.toMatch(/\bkodi\b/i);
    expect(sw, `${key}: no saa before a clock time`).not.toMatch(/\bsaa \{/i);
  }
});

it('fills the blanks in the language of the shop', () => {
  expect(t('send_in', { s: 48 })).toBe('You can send again in 48 s');
  speech.locale = 'sw';
  expect(t('send_in', { s: 48 })).toBe('Unaweza kutuma tena baada ya sekunde 48');
  speech.locale = 'en';
});

it('promises no test name that no element carries', () => {
  const unused = Object.keys(ids).filter((name) => !source.includes(`ids.${name}`));
  expect(unused).toEqual([]);
});
