import type { Step } from './steps.ts';

export const UNIT_STEP: Step = {
  name: 'unit, component and integration tests',
  command: 'vitest',
  args: ['run', '--reporter=default'],
};

/** What `npm run check` does, cheapest first. */
export const CHECK_STEPS: readonly Step[] = [
  { name: 'format', command: 'prettier', args: ['--check', '--log-level=warn', '.'] },
  { name: 'boundaries', command: 'node', args: ['scripts/check-boundaries.ts'] },
  { name: 'types', command: 'tsc', args: ['-b'] },
  {
    name: 'svelte-check',
    command: 'svelte-check',
    args: ['--tsconfig', 'renderer/tsconfig.json', '--fail-on-warnings', '--output', 'human'],
  },
  { name: 'lint', command: 'eslint', args: ['--max-warnings=0', '.'] },
  { name: 'ipc document', command: 'node', args: ['scripts/ipc-document.ts', '--check'] },
  { name: 'licences and lockfile', command: 'node', args: ['scripts/licences.ts', '--check'] },
  UNIT_STEP,
];
