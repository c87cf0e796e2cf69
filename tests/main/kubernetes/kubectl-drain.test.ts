import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { drainNode } from '../../../main/kubernetes/drain/drain-node.ts';
import { releaseNode } from '../../../main/kubernetes/drain/release-node.ts';
import { hasKubectl, kubectl } from '../../fakes/kubectl.ts';
import { DrainBench } from './drain-bench.ts';

const NODE = 'worker-01';
const FLAGS = ['--ignore-daemonsets', '--delete-emptydir-data', '--force', '--timeout=10s'];
let bench: DrainBench;
let folder: string;
let kubeconfig: string;

beforeAll(async () => {
  bench = await DrainBench.open();
  bench.api.workload.graceMs = 0;
  folder = await mkdtemp(join(tmpdir(), 'minos-kubectl-'));
  kubeconfig = join(folder, 'config');
  await writeFile(kubeconfig, bench.kubeconfig, { mode: 0o600 });
});
afterEach(() => bench.reset());
afterAll(async () => {
  await bench.close();
  await rm(folder, { recursive: true });
});

/** What is left on the node, and what was evicted. */
const outcome = () => ({
  left: bench.api.workload.on(bench.node(NODE)).map(({ name }) => name),
  changes: bench.api.changes.filter((change) => change.startsWith('POST')).sort(),
  isCordoned: bench.node(NODE).ills.isCordoned,
});

describe.skipIf(!hasKubectl)('beside kubectl', () => {
  it('the same pods are evicted, the same stay, and the node takes pods again afterwards', async () => {
    bench.api.workload.more.set(NODE, [
      { namespace: 'shop', name: 'by-hand', app: 'by-hand', controller: undefined, isMirror: false, hasEmptyDir: true },
    ]);
    await kubectl(kubeconfig, 'drain', NODE, ...FLAGS);
    const byKubectl = outcome();
    await kubectl(kubeconfig, 'uncordon', NODE);
    expect(bench.node(NODE).ills.isCordoned).toBe(false);
    bench.api.changes.length = 0;

    const consent = { unmanaged: new Set(['shop/by-hand']), emptyDir: true };
    await bench.goOn(drainNode(NODE, { deed: 'deed-1', timeoutMs: 60_000, consent }, bench.tools()));
    expect(outcome()).toEqual(byKubectl);
    expect(byKubectl.changes.length).toBeGreaterThan(1);
    // What kubectl puts back is released by us as well: the mark goes.
    await kubectl(kubeconfig, 'uncordon', NODE);
    expect(await releaseNode(NODE, { deed: 'deed-1', readyWithinMs: 0 }, bench.tools())).toEqual({ kind: 'released' });
    expect(bench.node(NODE).ills).toMatchObject({ isCordoned: false, annotations: {} });
  });

  it('what kubectl cordons in between stays cordoned, although our mark outlasts it', async () => {
    const consent = { unmanaged: new Set<string>(), emptyDir: true };
    await bench.goOn(drainNode(NODE, { deed: 'deed-1', timeoutMs: 60_000, consent }, bench.tools()));
    await kubectl(kubeconfig, 'uncordon', NODE);
    await kubectl(kubeconfig, 'cordon', NODE);
    expect(bench.node(NODE).ills.annotations).toHaveProperty(['minos.dev/cordoned-by']);

    expect(await releaseNode(NODE, { deed: 'deed-1', readyWithinMs: 0 }, bench.tools())).toEqual({ kind: 'not-ours' });
    expect(bench.node(NODE).ills).toMatchObject({ isCordoned: true, annotations: {} });
  });

  it('kubectl refuses what we want to be agreed to', async () => {
    bench.api.workload.more.set(NODE, [
      {
        namespace: 'shop',
        name: 'by-hand',
        app: 'by-hand',
        controller: undefined,
        isMirror: false,
        hasEmptyDir: false,
      },
    ]);
    const refused = kubectl(
      kubeconfig,
      'drain',
      NODE,
      '--ignore-daemonsets',
      '--delete-emptydir-data',
      '--timeout=10s',
    );

    await expect(refused).rejects.toThrow(/cannot delete.*declare no controller.*shop\/by-hand/);
    expect(outcome().changes).toEqual([]);
  });
});
