import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { speak, speech, t } from '.';
import { ids } from '../testids';
import en from './en';
import sw from './sw';

const root = join(import.meta.dirname, '..');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(svelte|ts)$/.test(file) && !file.endsWith('.test.ts'))
  .filter((file) => !/^(dev|testids)|^words[/\\](en|sw)[/\\]/.test(file));
const source = files.map((file) => readFileSync(join(root, file), 'utf8')).join('\n');

const english: Record<string, string> = en;
const swahili: Record<string, string> = sw;
const keys = Object.keys(english);
const blanks = (sentence: string | undefined): string[] =>
  [...(sentence ?? '').matchAll(/\{(\w+)\}/g)].map((m) => m[1] ?? '').sort();

/** Keys that are put together from a fixed beginning and an enum word. */
const COMPOSED = /^phone_(too_short|too_long|not_digits|not_a_mobile|other_country)$/;

/** Names and words that both languages write alike. */
const ALIKE = [
  'sticker_lipa',
  'mail_line',
  'consumer_key',
  'consumer_secret',
  'passkey',
  'part_mpesa',
  'said_code',
  'set_mpesa',
  'about',
  'print_kra_pin',
  'print_serial',
  'vat_of_sale',
  'vat_zero',
];

/** What each file says, for those who ask which file a key is from. */
async function pages(locale: 'en' | 'sw'): Promise<[string, string][]> {
  const names = readdirSync(join(import.meta.dirname, locale)).filter((name) => name !== 'index.ts');
  const read = names.map(async (name) => {
    const page = (await import(`./${locale}/${basename(name, '.ts')}.ts`)) as { default: object };
    return Object.keys(page.default).map((key): [string, string] => [key, name]);
  });
  return (await Promise.all(read)).flat();
}

afterEach(() => speak('en'));

it('says everything in both languages, each thing once and in files of one name', async () => {
  const [inEnglish, inSwahili] = [await pages('en'), await pages('sw')];
  expect(inSwahili.sort(), 'a sentence is missing, or stands in another file').toEqual(inEnglish.sort());
  expect(
    inEnglish.map(([key]) => key),
    'two files say the same key, or a file is not in the list of index.ts',
  ).toEqual([...keys].sort());
  expect(Object.keys(swahili).sort(), 'a Swahili file is not in the list of index.ts').toEqual(
    [...keys].sort(),
  );
});

it('has no sentence that nobody says', () => {
  const unused = keys.filter(
    (key) => !COMPOSED.test(key) && !source.includes(`'${key}'`) && !source.includes(`"${key}"`),
  );
  expect(unused).toEqual([]);
});

it('has the same blanks in both languages', () => {
  for (const key of keys) expect(blanks(swahili[key]), key).toEqual(blanks(english[key]));
});

it('leaves nothing empty, unfinished or untranslated', () => {
  for (const [key, sentence] of [...Object.entries(english), ...Object.entries(swahili)]) {
    expect(sentence.trim(), key).toBe(sentence);
    expect(sentence, key).not.toBe('');
  }
  const alike = keys.filter((key) => english[key] === swahili[key]);
  expect(alike.sort(), 'English stands where Swahili should').toEqual([...ALIKE].sort());
});

it('keeps the house words', () => {
  for (const key of keys) {
    expect(english[key], `${key}: nobody is a he, and nothing is retried`).not.toMatch(
      /\b(he|his|him|retry|callback)\b/i,
    );
    expect(swahili[key], `${key}: kodi is rent or tax`).not.toMatch(/\bkodi\b/i);
    expect(swahili[key], `${key}: no saa before a clock time`).not.toMatch(/\bsaa \{/i);
  }
});

it('fills the blanks in the language of the shop', async () => {
  expect(t('send_in', { s: 48 })).toBe('You can send again in 48 s');
  await speak('sw');
  expect(t('send_in', { s: 48 })).toBe('Unaweza kutuma tena baada ya sekunde 48');
});

it('goes on in the old language until the new one is here, and speaks the last one chosen', async () => {
  const swahiliComes = speak('sw');
  expect(t('change'), 'no moment without words').toBe('Change');
  await Promise.all([swahiliComes, speak('en')]);
  expect(speech.locale, 'English was chosen after Swahili').toBe('en');
  expect(t('change')).toBe('Change');
});

it('promises no test name that no element carries', () => {
  const unused = Object.keys(ids).filter((name) => !source.includes(`ids.${name}`));
  expect(unused).toEqual([]);
});
