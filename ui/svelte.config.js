import { readdirSync } from 'node:fs';
import { relative } from 'node:path';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

const src = new URL('src/', import.meta.url).pathname;
const components = readdirSync(src, { recursive: true })
  .filter((name) => name.endsWith('.svelte'))
  .sort();

/** @type {import('@sveltejs/vite-plugin-svelte').SvelteConfig} */
export default {
  preprocess: vitePreprocess(),
  compilerOptions: {
    runes: true,
    discloseVersion: false,
    // A component's number instead of a hash of its name: shorter, the same in every build, and never two alike.
    cssHash: ({ filename, hash, name }) => {
      const number = components.indexOf(relative(src, filename));
      return number < 0 ? `${name}-${hash(filename)}` : `s${number.toString(36)}`;
    },
  },
};
