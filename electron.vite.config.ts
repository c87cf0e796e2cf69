import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';
import { minifySync, type Plugin } from 'vite';
import { guidePlugin } from './scripts/guide/guide-plugin.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * Only comments and white space are left out, which is a quarter of the packed app: names stay, so a stack in the log says where it
 * was. With the pictures of the guide the archive would be above the 8 MB that tests/packaged allows.
 */
const PLAIN = {
  minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
  comments: { annotation: false, jsdoc: false, legal: true },
};

/** Chunks that are others' code but for a few lines, and too large to be written out: CodeMirror and electron-updater. */
const SHORT: readonly string[] = ['code-editor', 'updater-library'];

/** Gives these, and chunks that are others' code alone, short names. A stack in the log says less there, and where others' code was at fault. */
const shortOthers: Plugin = {
  name: 'short-others',
  renderChunk: (code, { name, moduleIds }) => {
    const isOthers = moduleIds.length > 0 && moduleIds.every((id) => id.includes('/node_modules/'));
    if (!isOthers && !SHORT.includes(name)) return null;
    return { code: minifySync(`${name}.js`, code, { module: true }).code, map: null };
  },
};

/**
 * Three bundles: an ES-module main process, a CommonJS preload per window (a sandboxed preload has neither ES modules nor
 * relative imports, so each is one file) and the pages. Everything but `electron` is bundled, so that the packed app holds no node_modules.
 */
export default defineConfig({
  main: {
    plugins: [shortOthers],
    build: {
      outDir: 'out/main',
      target: 'node24',
      sourcemap: true,
      externalizeDeps: false,
      rollupOptions: {
        input: {
          index: at('main/index.ts'),
          'text-worker': at('main/text-work/text-worker.ts'),
          'identity-worker': at('main/credentials/identity-worker.ts'),
          'cluster-text-worker': at('main/operations/cluster-text/cluster-text-worker.ts'),
          'snapshot-worker': at('main/operations/etcd/snapshot-file/snapshot-worker.ts'),
          'decode-worker': at('main/talos/decode-worker.ts'),
        },
        external: ['electron', /^node:/],
        output: { ...PLAIN, format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: 'node24',
      externalizeDeps: false,
      isolatedEntries: true,
      rollupOptions: {
        input: { index: at('preload/index.ts'), confirm: at('preload/confirm.ts') },
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('renderer'),
    plugins: [svelte({ configFile: at('svelte.config.js') }), guidePlugin(at('.')), shortOthers],
    build: {
      outDir: 'out/renderer',
      target: 'chrome140',
      // Trusted types and `img-src 'self' data:` allow small images as data URLs; fonts must stay files (`font-src 'self'`).
      assetsInlineLimit: 0,
      rollupOptions: {
        input: { index: at('renderer/index.html'), confirm: at('renderer/confirm.html') },
        output: PLAIN,
      },
    },
  },
});
