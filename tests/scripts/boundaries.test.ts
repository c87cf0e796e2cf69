import { describe, expect, it } from 'vitest';
import { checkBoundaries, crowdedFolders } from '../../scripts/boundaries.ts';

const check = (files: Record<string, string>): readonly string[] =>
  checkBoundaries(new Map(Object.entries(files))).map(({ why }) => why);

describe('the boundaries check', () => {
  it.each([
    ['main/pool/pool.ts', '../talosconfig/read.ts'],
    ['main/pool/pool.ts', '../talos/status.ts'],
    ['main/talosconfig/read.ts', '../credentials/identity.ts'],
    ['main/talosconfig/read.ts', '@grpc/grpc-js'],
    ['main/operations/work/run.ts', 'electron'],
    ['main/talos/status.ts', '../operations/work/run.ts'],
    ['renderer/lib/bridge.ts', '../../main/lib/log.ts'],
    ['renderer/components/Table.svelte', '../../preload/contract/index.ts'],
    ['renderer/features/nodes/Nodes.svelte', '../runs/Run.svelte'],
    ['preload/contract/calls.ts', 'electron'],
    ['preload/index.ts', '../main/lib/log.ts'],
  ])('refuses that %s imports %s', (file, target) => {
    const code = `import { x } from '${target}';`;
    const text = file.endsWith('.svelte') ? `<script lang="ts">\n${code}\n</script>\n<p>from 'electron'</p>` : code;

    expect(check({ [file]: text })).toHaveLength(1);
  });

  it.each([
    ['main/operations/work/run.ts', '../pool/pool.ts'],
    ['main/pool/pool.ts', '@grpc/grpc-js'],
    ['main/credentials/vault.ts', 'electron'],
    ['renderer/features/nodes/Nodes.svelte', '../../components/Table.svelte'],
    ['main/index.ts', './simulator/start.ts'],
  ])('allows that %s imports %s', (file, target) => {
    const code = `const x = await import('${target}');`;

    expect(check({ [file]: file.endsWith('.svelte') ? `<script>${code}</script>` : code })).toEqual([]);
  });

  it('names a circle of imports', () => {
    const found = check({
      'main/lib/a.ts': `import './b.ts';`,
      'main/lib/b.ts': `export { x } from './c.ts';`,
      'main/lib/c.ts': `import type { y } from './a.ts';`,
    });

    expect(found).toEqual(['circle: main/lib/a.ts → main/lib/b.ts → main/lib/c.ts → main/lib/a.ts']);
  });
});

describe('the check of folders', () => {
  const filesIn = (folder: string, count: number): readonly string[] =>
    Array.from({ length: count }, (_, index) => `${folder}/${index}.ts`);

  it('names a folder of more than thirty files, and counts none below it', () => {
    expect(crowdedFolders([...filesIn('main/a', 30), ...filesIn('main/a/b', 30)])).toEqual([]);
    expect(crowdedFolders(filesIn('main/a', 31))).toEqual([
      'main/a has 31 files; more than 30 need rooms of their own',
    ]);
  });
});
