import { availableParallelism } from 'node:os';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';
import { guidePlugin } from './scripts/guide/guide-plugin.ts';

/** Tests that start and end worker threads, which can crash a large process (V8: `jit_page.has_value()`). */
const WITH_THREADS = [
  'tests/main/text-work/text-workers.test.ts',
  'tests/main/credentials/identity-reader.test.ts',
  'tests/main/lib/worker-pool.test.ts',
  'tests/main/lib/end-thread.test.ts',
  'tests/main/operations/talosconfigs/large-file.test.ts',
  'tests/main/talos/reply-decoder.test.ts',
];

/** Tests that measure time or memory of their process, where the garbage of others would count. */
const MEASURING = [
  'tests/main/talosconfig/fuzz.test.ts',
  'tests/main/operations/hostile.test.ts',
  'tests/main/operations/work/run-scale.test.ts',
  'tests/main/talos/kubeconfig-archive.test.ts',
];

const ALONE = [...WITH_THREADS, ...MEASURING];

/**
 * Five projects: everything under plain Node (unit, integration, interop), what needs a process per file, attacks on main
 * as a process of its own, the components in jsdom, and the packed app, which takes a build and a window and is a step of its own in `npm test`.
 *
 * The files of a project share their processes: modules here do nothing when they are imported and hold no state, so one
 * file cannot meet what another left behind, and a process and a jsdom per file cost more than the tests. At least two
 * processes, also on two cores: many tests wait for sockets.
 */
export default defineConfig({
  test: {
    maxWorkers: Math.max(2, availableParallelism() - 1),
    isolate: false,
    // As for the end-to-end tests (playwright.config.ts): one second try in CI, listed, and to be mended.
    retry: process.env['CI'] ? 1 : 0,
    // Polls end as soon as they hold; a second is little on a busy machine. Nor does a test take a minute: one that hangs does.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: [
            'tests/renderer/**',
            'tests/e2e/**',
            'tests/packaged/**',
            'tests/hostile/**',
            ...ALONE,
            'node_modules/**',
          ],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: { name: 'alone', environment: 'node', include: ALONE, isolate: true, testTimeout: 60_000 },
      },
      {
        extends: true,
        test: {
          name: 'hostile',
          environment: 'node',
          include: ['tests/hostile/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        plugins: [svelte({ configFile: './svelte.config.js' }), svelteTesting(), guidePlugin(import.meta.dirname)],
        test: {
          name: 'components',
          environment: 'jsdom',
          include: ['tests/renderer/**/*.test.ts'],
          setupFiles: ['tests/renderer/setup.ts'],
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'packaged',
          environment: 'node',
          include: ['tests/packaged/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
