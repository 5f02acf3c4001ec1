/** `t('key', {…})`: the sentence in the user's language, with its blanks filled. */
import { catalogue } from './catalogue';
import { speech } from './locale.svelte';

type Catalogue = typeof catalogue;
export type Key = keyof Catalogue;

type Blanks<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Blanks<Rest> : never;
type BlanksOf<K extends Key> = Blanks<Catalogue[K]['en']>;
/** Keys whose sentence has no blanks: what a table of words may name. */
export type PlainKey = { [K in Key]: [BlanksOf<K>] extends [never] ? K : never }[Key];

type Filling<K extends Key> = [BlanksOf<K>] extends [never] ? [] : [Record<BlanksOf<K>, string | number>];

export function t<K extends Key>(key: K, ...filling: Filling<K>): string {
  const sentence = catalogue[key][speech.locale];
  const values = filling[0] as Record<string, string | number> | undefined;
  if (values === undefined) return sentence;
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

export { speech };
