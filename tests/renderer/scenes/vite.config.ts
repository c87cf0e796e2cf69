import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { guidePlugin } from '../../../scripts/guide/guide-plugin.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The page's own policy (main/app), so that what works here works in the app. */
const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "frame-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types svelte-trusted-html',
].join('; ');

/** `vite tests/renderer/scenes` while working; `vite build` and `vite preview` show it under the real policy. */
export default defineConfig({
  root: at('.'),
  plugins: [svelte({ configFile: at('../../../svelte.config.js') }), guidePlugin(at('../../..'))],
  server: { host: '127.0.0.1', fs: { allow: [at('../../..')] } },
  preview: { host: '127.0.0.1', headers: { 'Content-Security-Policy': CSP } },
  build: { outDir: at('../../../.cache/scenes'), emptyOutDir: true, target: 'chrome140', assetsInlineLimit: 0 },
});
