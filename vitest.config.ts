import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

/** One second try in CI alone; Vitest marks what needed it with `retry x1`, and that is a fault to mend. */
const retry = process.env['CI'] ? 1 : 0;

/** Two projects: everything under plain Node (unit, integration, interop) and the components in jsdom. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/renderer/**', 'tests/e2e/**', 'node_modules/**'],
          testTimeout: 20_000,
          retry,
          hookTimeout: 30_000,
        },
      },
      {
        plugins: [svelte({ configFile: './svelte.config.js' }), svelteTesting()],
        test: {
          name: 'components',
          environment: 'jsdom',
          include: ['tests/renderer/**/*.test.ts'],
          setupFiles: ['tests/renderer/setup.ts'],
          testTimeout: 20_000,
          retry,
        },
      },
    ],
  },
});
