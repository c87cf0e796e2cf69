import { readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ConfirmQuestion, DeedPreview, DeedRecord } from '../../../../../preload/contract/index.ts';
import { etcdDatabase, snapshotPieces } from '../../../../../main/simulator/etcd/snapshot.ts';
import type { VirtualCluster } from '../../../../../main/simulator/cluster/cluster.ts';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../../../../main/simulator/simulator.ts';
import type { MethodPath } from '../../../../../main/talos/method-types.ts';
import { openWorkspace, testProto, type TestWorkspace } from '../../../../fakes/open-workspace.ts';
import { requestsSent } from '../../../../fakes/requests-sent.ts';
import { confirming } from '../../../../fakes/tried-deeds.ts';

const { signal } = new AbortController();
let simulator: Simulator;
let opened: TestWorkspace;
let asked: ConfirmQuestion[];
/** What happens while the question is open. */
let meanwhile: () => void;

afterEach(async () => {
  await opened.close();
  await simulator.close();
});

async function start(options: SimulatorOptions = {}): Promise<void> {
  simulator = await startSimulator({
    ...{
      proto: testProto(),
      controlPlanes: 3,
      workers: 1,
      isBootstrapped: false,
      etcdStepMs: 5,
      snapshotBytes: 70_000,
    },
    ...options,
  });
  asked = [];
  meanwhile = () => undefined;
  opened = await openWorkspace(simulator.talosconfig, undefined, confirming(asked, { meanwhile: () => meanwhile() }));
  await opened.workspace.nodes('sim').refresh();
}

const planned = (nodes: readonly string[], params = {}): Promise<DeedPreview> =>
  opened.workspace.deeds.plan({ context: 'sim', nodes: [...nodes], deed: 'bootstrap', params }, signal);
const apply = ({ head }: DeedPreview): Promise<unknown> =>
  opened.workspace.plans.apply(head?.token ?? expect.fail('it was refused'));
const newest = (workspace = opened.workspace): DeedRecord | undefined =>
  workspace.deeds.journal.state.current.deeds?.[0];
const sent = (name: string): readonly unknown[] =>
  requestsSent(simulator, `/machine.MachineService/${name}` as MethodPath);

/** A snapshot of the simulated cluster on the disk, or its database as it lies on a machine. */
async function saved(name: string, isCopied = false): Promise<string> {
  const path = join(dirname(opened.path), name);
  const cluster = {
    ...{ name: 'sim', seed: 1, etcd: simulator.etcd, snapshot: { bytes: 70_000, chunkBytes: 4096 } },
  } as unknown as VirtualCluster;
  const bytes = isCopied ? etcdDatabase(cluster) : Buffer.concat([...snapshotPieces(cluster)].map((one) => one.bytes));
  await writeFile(path, bytes);
  return path;
}
const chosen = async (path: string) => {
  const { etcdFiles, talosconfig } = opened.workspace;
  const cluster = talosconfig.context('sim').summary.caFingerprints.join(' ');
  return etcdFiles.known.add({ cluster, path, from: 'chosen' });
};

describe('bootstrapping a new cluster', () => {
  it('asks all control planes, bootstraps exactly one, and watches until Kubernetes answers', async () => {
    await start();

    const preview = await planned(['cp-2']);
    expect(preview).toMatchObject({
      deed: 'Bootstrap etcd on cp-2',
      machines: [{ now: 'etcd is Preparing, without data; 2 other control planes answer' }],
      talosctl: expect.stringMatching(/ -n 10\.5\.0\.3 .*bootstrap$/) as string,
    });
    expect(preview.head?.effects).toContain(
      'On cp-2: cp-1, cp-2 and cp-3 were asked; a control plane that is not among them is not known to Minos.',
    );
    await apply(preview);

    expect(sent('Bootstrap')).toEqual([{ node: '10.5.0.3', recover_etcd: false, recover_skip_hash_check: false }]);
    expect(asked[0]?.typed).toBeUndefined();
    expect(newest()?.steps[0]).toMatchObject({
      stage: 'done',
      text: expect.stringMatching(/^etcd runs, \d+ s after\. Kubernetes answers, \d+ s later\.$/) as string,
    });
    await vi.waitFor(() => expect(simulator.etcd.members.filter(({ isLearner }) => !isLearner)).toHaveLength(3));
    // Once is enough.
    expect((await planned(['cp-1'])).machines[0]?.refused).toMatch(/etcd runs on it already/);
  });

  it('names who does not answer, and asks for the name of the cluster then', async () => {
    await start({ endpoints: ['cp-1'] });
    simulator.setNodeFault('cp-3', { kind: 'down' });

    const preview = await planned(['cp-1']);
    expect(preview.machines[0]?.now).toMatch(/nothing is known of cp-3$/);
    await apply(preview);

    expect(asked[0]).toMatchObject({ typed: 'sim', isDestructive: true });
    expect(sent('Bootstrap')).toHaveLength(1);
  });

  it('says that snapshots of the cluster are known, also once their files are gone, and asks for its name then', async () => {
    await start();
    const path = await saved('old.snapshot');
    await chosen(path);
    await rm(path);

    const preview = await planned(['cp-1']);
    expect(preview.head?.effects.join()).toMatch(/snapshots of this cluster are known here, so it is no new one/);
    await apply(preview);

    expect(asked[0]).toMatchObject({ typed: 'sim', isDestructive: true });
  });

  it.each<[string, string, () => void, RegExp]>([
    ['a worker', 'worker-01', () => undefined, /It is a worker/],
    [
      'a machine whose time is wrong',
      'cp-1',
      () => simulator.setNodeFault('cp-1', { kind: 'no-time-server' }),
      /time is not in sync/,
    ],
    [
      'one beside another that runs',
      'cp-1',
      () => simulator.etcd.bootstrap(simulator.node('cp-2')),
      /Data of etcd lies on cp-2: this cluster was bootstrapped before/,
    ],
  ])('is refused for %s before anything is sent', async (_what, node, make, why) => {
    await start({ etcdStepMs: 60_000 });
    make();

    const { machines, head } = await planned([node]);

    expect(machines[0]?.refused).toMatch(why);
    expect(head).toBeUndefined();
    expect(sent('Bootstrap')).toEqual([]);
  });

  it('is refused for two machines, and for a cluster that runs', async () => {
    await start();
    expect((await planned(['cp-1', 'cp-2'])).refused).toMatch(/Exactly one control plane/);
    await opened.close();
    await simulator.close();
    await start({ isBootstrapped: true });
    expect((await planned(['cp-1'])).machines[0]?.refused).toMatch(/etcd runs on it already/);
  });

  it('is not done when somebody else bootstrapped while it was confirmed', async () => {
    await start({ etcdStepMs: 60_000 });
    const preview = await planned(['cp-1']);
    meanwhile = () => simulator.etcd.bootstrap(simulator.node('cp-3'));

    await expect(apply(preview)).rejects.toMatchObject({ failure: { code: 'conflict' } });

    expect(sent('Bootstrap')).toEqual([]);
  });

  it('goes on by itself when nobody watches any more, and says so', async () => {
    await start({ etcdStepMs: 60_000 });
    const applied = apply(await planned(['cp-1']));
    await vi.waitFor(() => expect(newest()?.steps[0]?.stage).toBe('tracking'));
    opened.workspace.plans.order(newest()?.id ?? '', 'leave', undefined);
    await applied;

    expect(newest()?.steps[0]?.text).toMatch(/Nobody watches it any further: etcd and Kubernetes go on/);
  });
});

describe('recovering from a snapshot', () => {
  it('checks it, sends it whole, and says before what is lost', async () => {
    await start();
    const path = await saved('a.snapshot');
    const { id } = await chosen(path);

    const preview = await planned(['cp-1'], { snapshot: id });
    expect(preview.talosctl).toMatch(/ bootstrap --recover-from a\.snapshot$/);
    expect(preview.head?.effects[0]).toMatch(
      /revision 120,331, 399 keys, hash [0-9a-f]{8}, its file last written at .* UTC\. All that was changed in Kubernetes after that is lost/,
    );
    await apply(preview);

    expect(asked[0]).toMatchObject({ typed: 'sim', isDestructive: true });
    expect(simulator.etcd.recoveredFrom?.equals(await readFile(path))).toBe(true);
    expect(sent('Bootstrap')).toEqual([{ node: '10.5.0.2', recover_etcd: true, recover_skip_hash_check: false }]);
    expect(newest()?.talosctl).toMatch(/--recover-from a\.snapshot$/);
  });

  it('skips the check of the SHA-256 for a database that was copied, and only for that', async () => {
    await start();
    const { id } = await chosen(await saved('db', true));

    const preview = await planned(['cp-1'], { snapshot: id });
    expect(preview.talosctl).toMatch(/--recover-from db --recover-skip-hash-check$/);
    await apply(preview);

    expect(sent('Bootstrap')).toMatchObject([{ recover_etcd: true, recover_skip_hash_check: true }]);
  });

  it('is refused for a file that was changed since, and for one that Minos was not shown', async () => {
    await start();
    const path = await saved('a.snapshot');
    const { id } = await chosen(path);
    await truncate(path, 4096);

    expect((await planned(['cp-1'], { snapshot: id })).refused).toMatch(/was changed since it was checked/);
    expect((await planned(['cp-1'], { snapshot: '/etc/passwd' })).refused).toMatch(/no page names a file/);
    await expect(chosen(path)).rejects.toMatchObject({ failure: { code: 'invalid' } });
  });

  it('is refused while the data of etcd lies on another control plane', async () => {
    await start();
    const { id } = await chosen(await saved('a.snapshot'));
    simulator.etcd.join(simulator.node('cp-3'));

    expect((await planned(['cp-1'], { snapshot: id })).machines[0]?.refused).toMatch(/cp-3/);
  });
});

it.each([true, false])(
  'killed after it was asked, the next Minos looks up what came of it (done: %s)',
  async (isDone) => {
    await start();
    await apply(await planned(['cp-1']));
    const file = join(dirname(opened.path), 'deeds.ndjson');
    const lines = (await readFile(file, 'utf8')).split('\n');
    const until = lines.findLastIndex((line) => line.includes('"stage":"asked"'));
    await writeFile(file, `${lines.slice(0, until + 1).join('\n')}\n`);
    if (!isDone) {
      for (const member of simulator.etcd.members) simulator.etcd.remove(member.hex);
      for (const name of ['cp-1', 'cp-2', 'cp-3']) simulator.etcd.empty(simulator.node(name));
    }

    await opened.restart();
    // Written ten minutes ago, for the one after that.
    const ago = (_all: string, atMs: string): string => `"atMs":${Number(atMs) - 10 * 60_000}`;
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll(/"atMs":(\d+)/g, ago));
    const next = await opened.restart();

    await vi.waitFor(() => expect(newest(next)?.steps[0]?.lookUp).toBe('done'), { timeout: 10_000 });
    expect(newest(next)?.steps[0]).toMatchObject(
      isDone
        ? { stage: 'done', text: 'etcd runs on it, and a member leads.' }
        : { stage: 'left', text: 'etcd still waits to be bootstrapped, without data.' },
    );
    expect(sent('Bootstrap')).toHaveLength(1);
  },
  20_000,
);
