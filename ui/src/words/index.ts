/** `t('key', {…})`: the sentence in the user's language, with its blanks filled. */
import type english from './en';
import { lastSpoken, speak, speech } from './locale.svelte';

type English = typeof english;
export type Key = keyof English;

type Blanks<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Blanks<Rest> : never;
type BlanksOf<K extends Key> = Blanks<English[K]>;
/** Keys whose sentence has no blanks: what a table of words may name. */
export type PlainKey = { [K in Key]: [BlanksOf<K>] extends [never] ? K : never }[Key];

type Filling<K extends Key> = [BlanksOf<K>] extends [never] ? [] : [Record<BlanksOf<K>, string | number>];

export function t<K extends Key>(key: K, ...filling: Filling<K>): string {
  const sentence = speech.words?.[key] ?? '';
  const values = filling[0] as Record<string, string | number> | undefined;
  if (values === undefined) return sentence;
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

export { lastSpoken, speak, speech };
