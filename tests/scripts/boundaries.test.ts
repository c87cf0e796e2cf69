import { describe, expect, it } from 'vitest';
import {
  brokenImports,
  checkBoundaries,
  crowdedFolders,
  permitGivers,
  sessionTakers,
  withoutFeature,
} from '../../scripts/boundaries.ts';

const check = (files: Record<string, string>): readonly string[] =>
  checkBoundaries(new Map(Object.entries(files))).map(({ why }) => why);

describe('the boundaries check', () => {
  it.each([
    ['main/pool/pool.ts', '../talosconfig/read.ts'],
    ['main/pool/pool.ts', '../talos/status.ts'],
    ['main/talosconfig/read.ts', '../credentials/identity.ts'],
    ['main/talosconfig/read.ts', '@grpc/grpc-js'],
    ['main/operations/work/run.ts', 'electron'],
    ['main/operations/work/run.ts', '../../pool/pool.ts'],
    ['main/operations/work/run.ts', '@grpc/grpc-js'],
    ['main/operations/talosconfigs/open-file.ts', '../../credentials/channel-credentials.ts'],
    ['main/operations/clusters/cluster.ts', '../work/runs.ts'],
    ['main/ipc/routes.ts', '../credentials/vault.ts'],
    ['main/talos/status.ts', '../operations/work/run.ts'],
    ['renderer/lib/bridge.ts', '../../main/lib/log.ts'],
    ['renderer/components/Table.svelte', '../../preload/contract/index.ts'],
    ['renderer/features/nodes/Nodes.svelte', '../runs/Run.svelte'],
    ['renderer/shell/Frame.svelte', '../features/runs/RunView.svelte'],
    ['renderer/shell/features.ts', '../features/runs/index.ts'],
    ['renderer/App.svelte', './features/import/ImportHost.svelte'],
    ['preload/contract/calls.ts', 'electron'],
    ['preload/index.ts', '../main/lib/log.ts'],
  ])('refuses that %s imports %s', (file, target) => {
    const code = `import { x } from '${target}';`;
    const text = file.endsWith('.svelte') ? `<script lang="ts">\n${code}\n</script>\n<p>from 'electron'</p>` : code;

    expect(check({ [file]: text })).toHaveLength(1);
  });

  it.each([
    ['main/operations/clusters/dialled.ts', '../../pool/pool.ts'],
    ['main/operations/clusters/dialled.ts', '../../credentials/channel-credentials.ts'],
    ['main/operations/work/run.ts', '../clusters/clusters.ts'],
    ['main/operations/talosconfigs/sealing.ts', '../../credentials/vault.ts'],
    ['main/pool/pool.ts', '@grpc/grpc-js'],
    ['main/credentials/vault.ts', 'electron'],
    ['renderer/features/nodes/Nodes.svelte', '../../components/Table.svelte'],
    ['main/index.ts', './simulator/start.ts'],
    ['renderer/shell/features.ts', '../features/all.ts'],
    ['renderer/features/all.ts', './runs/index.ts'],
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

describe('the check that a feature can be removed', () => {
  const all = ['runs', 'nodes'].map((name) => `export { ${name} } from './${name}/index.ts';\n`).join('');
  const sources = (words: string): ReadonlyMap<string, string> =>
    new Map([
      ['renderer/features/all.ts', all],
      ['renderer/features/runs/index.ts', `export const runs = 1;`],
      ['renderer/features/nodes/index.ts', `export const nodes = 1;`],
      ['renderer/shell/features.ts', `import '../features/all.ts';${words}`],
    ]);

  it('finds nothing broken without its folder and its line', () => {
    expect(brokenImports(withoutFeature(sources(''), 'runs'))).toEqual([]);
    expect(withoutFeature(sources(''), 'runs').get('renderer/features/all.ts')).toBe(
      `export { nodes } from './nodes/index.ts';\n`,
    );
  });

  it('names what would be left without what it imports', () => {
    const words = `import { runs } from '../features/runs/index.ts';`;

    expect(brokenImports(withoutFeature(sources(words), 'nodes'))).toEqual([]);
    expect(brokenImports(withoutFeature(sources(words), 'runs'))).toEqual([
      'renderer/shell/features.ts: renderer/features/runs/index.ts',
    ]);
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

describe('permits for changing calls', () => {
  const givers = (text: string, file = 'main/operations/clusters/cluster-caller.ts'): readonly string[] =>
    permitGivers(new Map([[file, text]]));

  it.each([
    "import { Permit } from '../plans/permit.ts';",
    "import {\n  Permit,\n} from '../plans/permit.ts';",
    "import * as permits from '../plans/permit.ts';",
    "export { Permit } from '../plans/permit.ts';",
    "const { Permit } = await import('../plans/permit.ts');",
  ])('are given by plans/apply.ts alone: %s', (text) => {
    expect(givers(text)).toEqual([
      'main/operations/clusters/cluster-caller.ts: only main/operations/plans/apply.ts may give permits; import the type',
    ]);
    expect(givers(text.replace('../plans', '.'), 'main/operations/plans/apply.ts')).toEqual([]);
  });

  it('may be named as a type anywhere', () => {
    expect(givers("import type { Permit } from '../plans/permit.ts';\nimport { x } from '../plans/plan.ts';")).toEqual(
      [],
    );
  });
});

const TAKES = `<script lang="ts">import { getSession } from '../../state/context.ts';</script>`;
const SHARES = `<script lang="ts">import { getShared } from '../../state/context.ts';</script>`;
const takers = (files: Record<string, string>): readonly string[] => sessionTakers(new Map(Object.entries(files)));

describe('the whole session', () => {
  it('is taken by what the description of a feature mounts, also of the page of a node', () => {
    expect(
      takers({
        'renderer/features/nodes/index.ts': "import Nodes from './NodesScreen.svelte';",
        'renderer/features/nodes/NodesScreen.svelte': TAKES,
        'renderer/features/runs/node/node-parts.ts': "import NodeAnswers from './NodeAnswers.svelte';",
        'renderer/features/runs/node/NodeAnswers.svelte': TAKES,
        'renderer/shell/Rail.svelte': TAKES,
      }),
    ).toEqual([]);
  });

  it('is not taken by what stands below it, which may name parts of it', () => {
    expect(
      takers({
        'renderer/features/nodes/index.ts': "import Nodes from './NodesScreen.svelte';",
        'renderer/features/nodes/NodesScreen.svelte': `<script lang="ts">import Menu from './RunMenu.svelte';</script>`,
        'renderer/features/nodes/RunMenu.svelte': TAKES,
        'renderer/features/nodes/SaveGroup.svelte': SHARES,
      }),
    ).toEqual([
      'renderer/features/nodes/RunMenu.svelte: no description mounts it, so it takes props and getShared(…), not the whole session',
    ]);
  });
});
