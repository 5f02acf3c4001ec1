import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { ids } from './src/testids';

const named = (name: string): string => (ids as Record<string, string>)[name] ?? name;

/** Writes a test's name where it stands, so that the window carries no table of them and looks none up. */
const namesInPlace: Plugin = {
  name: 'keshia-names-in-place',
  enforce: 'pre',
  transform: (code, file) =>
    /src.*\.(svelte|ts)$/.test(file) && !/testids|\.test\./.test(file)
      ? code
          .replace(/=\{ids\.(\w+)\}/g, (_, name: string) => `="${named(name)}"`)
          .replace(/\bids\.(\w+)/g, (_, name: string) => `'${named(name)}'`)
      : null,
};

export default defineConfig(({ mode }) => ({
  plugins: [namesInPlace, svelte()],
  // The window loads these files from the app itself: no host, no path prefix.
  base: './',
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Every system web view Keshia runs in knows this much (WebKitGTK 2.40, WebView2, Safari 16).
    target: ['es2022', 'safari16'],
    sourcemap: false,
    // `data:` addresses are outside the content security policy.
    assetsInlineLimit: 0,
    // What the first screen needs is asked for at once, not one file after the other.
    modulePreload: { polyfill: false },
  },
  server: { port: 5199, strictPort: false },
  // Without this, vitest takes Svelte's server build, in which nothing reacts.
  resolve: mode === 'test' ? { conditions: ['browser'] } : {},
  test: { include: ['src/**/*.test.ts'], environment: 'node', setupFiles: 'src/words/spoken.ts' },
}));
