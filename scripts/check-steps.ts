import type { Step } from './steps.ts';

const vitest = (name: string, projects: string): Step => ({
  name,
  command: 'vitest',
  args: ['run', '--reporter=default', `--project=${projects}`],
});

/**
 * What `npm run check` does, cheapest first, two at a time where that is quicker on two cores. What steps need not do again is kept in
 * node_modules/.cache.
 */
export const CHECK_STEPS: readonly Step[] = [
  { name: 'boundaries', command: 'node', args: ['scripts/check-boundaries.ts'] },
  { name: 'exports', command: 'node', args: ['scripts/check-exports.ts'] },
  { name: 'types', command: 'tsc', args: ['-b'] },
  {
    name: 'format',
    command: 'prettier',
    args: ['--check', '--log-level=warn', '--cache', '--cache-strategy=content', '.'],
    isBeside: true,
  },
  // Behind the types: its rules read them.
  { name: 'lint', command: 'node', args: ['scripts/lint.ts'] },
  {
    name: 'svelte-check',
    command: 'svelte-check',
    args: ['--tsconfig', 'renderer/tsconfig.json', '--fail-on-warnings', '--output', 'human'],
    isBeside: true,
  },
  { name: 'page without features', command: 'node', args: ['scripts/without-feature.ts'], isBeside: true },
  { name: 'ipc document', command: 'node', args: ['scripts/ipc-document.ts', '--check'], isBeside: true },
  { name: 'licences and lockfile', command: 'node', args: ['scripts/licences.ts', '--check'], isBeside: true },
  vitest('unit, component and integration tests', '!packaged'),
];

/** The packed app: it takes a build and a window, so it belongs to `npm test`. */
export const PACKAGED_STEP: Step = vitest('packaged app tests', 'packaged');
