import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SaveSuggestion } from '../../../../../main/operations/app/desktop.ts';
import { COMMANDS } from '../../../../../main/operations/commands/index.ts';
import { parseTalosctl } from '../../../../../main/operations/commands/kit/talosctl-parse.ts';
import { collectEvents, eventsOf, openBench, rowsOf, type Bench } from '../../work/runs-harness.ts';

let bench: Bench;
let home: string;
let wishes: SaveSuggestion[];
const worker = 'worker-01';

beforeAll(async () => {
  bench = await openBench({ controlPlanes: 3, workers: 1, snapshotBytes: 64 * 1024 });
});
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'minos-bytes-'));
  wishes = [];
});
afterEach(async () => {
  for (const name of bench.all) bench.simulator.setNodeFault(name, null);
  await rm(home, { recursive: true });
});
afterAll(async () => {
  expect(await bench.close()).toBe(0);
});

const run = (command: string, params: Record<string, string>, node = worker, signal = new AbortController().signal) =>
  bench.workspace.runs.start(
    { context: 'sim', command, params, nodes: [node], deadlineMs: 10_000 },
    signal,
    async (wish) => {
      wishes.push(wish);
      return join(home, wish.suggestedName);
    },
  );
const ran = async (...args: Parameters<typeof run>) => collectEvents(run(...args));

describe('read', () => {
  it('saves the bytes of a file under its own name', async () => {
    const events = await ran('read', { path: '/etc/hostname' });

    expect(wishes).toEqual([{ suggestedName: 'hostname', title: 'Save hostname of worker-01', isDownload: true }]);
    expect(await readFile(join(home, 'hostname'), 'utf8')).toBe('worker-01\n');
    expect(rowsOf(events, worker)).toEqual([['hostname', 10, 'saved']]);
    expect(eventsOf(events, 'started')[0]?.talosctl).toBe('talosctl --context sim -n worker-01 read /etc/hostname');
  });

  it.each([
    ['/nowhere', 'stat /nowhere: no such file or directory'],
    ['/etc', 'path must be a regular file'],
    ['/proc/1/mem', 'read /proc/1/mem: input/output error'],
    ['/var/mnt/nfs', 'stat /var/mnt/nfs: stale NFS file handle'],
  ])('of %s says why not, and keeps nothing', async (path, text) => {
    const [failed] = eventsOf(await ran('read', { path }), 'failed');

    expect(failed?.failure.details).toContain(text);
    expect(await readdir(home)).toEqual([]);
  });

  it('asks one node at a time', async () => {
    const events = bench.workspace.runs.start(
      { context: 'sim', command: 'read', params: { path: '/etc/hosts' }, nodes: bench.all, deadlineMs: 5000 },
      new AbortController().signal,
      () => Promise.reject(new Error('not asked')),
    );

    await expect(collectEvents(events)).rejects.toThrow('“Download a file” asks exactly one node.');
  });

  it('is cancelled by whoever chooses no place, before anything is asked', async () => {
    const before = bench.simulator.calls.length;
    const events = bench.workspace.runs.start(
      { context: 'sim', command: 'read', params: { path: '/etc/hosts' }, nodes: [worker], deadlineMs: 5000 },
      new AbortController().signal,
      () => Promise.resolve(undefined),
    );

    await expect(collectEvents(events)).rejects.toMatchObject({ failure: { code: 'cancelled' } });
    expect(bench.simulator.calls.slice(before).filter(({ method }) => method.endsWith('/Read'))).toEqual([]);
    expect(bench.workspace.runs.history.current.at(0)?.state).toBe('cancelled');
  });

  it('that is cancelled ends at the node and leaves nothing', async () => {
    const stop = new AbortController();
    const path = '/var/lib/longhorn/volume-head-000.img';
    const kinds: string[] = [];
    for await (const event of run('read', { path }, worker, stop.signal)) {
      kinds.push(event.type);
      if (event.type === 'progress' && event.bytes > 0) stop.abort();
    }

    expect(kinds.at(-1)).toBe('finished');
    expect(kinds).toContain('failed');
    expect(await readdir(home)).toEqual([]);
    const call = bench.simulator.calls.findLast(({ method }) => method.endsWith('/Read'));
    await expect.poll(() => call?.code).toBe(1);
  });

  it('that breaks off leaves nothing', async () => {
    bench.simulator.setNodeFault(worker, { kind: 'reset-mid-stream', afterMessages: 1 });
    const events = await ran('read', { path: '/var/log/pods/kube-system_coredns/coredns/0.log' });

    expect(eventsOf(events, 'failed')).toHaveLength(1);
    expect(await readdir(home)).toEqual([]);
  });

  it('can be found again by main, which alone knows the path', async () => {
    const events = await ran('read', { path: '/etc/hosts' });
    const runId = eventsOf(events, 'started')[0]?.runId ?? '';

    expect(bench.workspace.runs.savedAt(runId)).toBe(join(home, 'hosts'));
    expect(JSON.stringify(events)).not.toContain(home);
    expect(() => bench.workspace.runs.savedAt('another')).toThrow('no longer known');
  });
});

describe('copy', () => {
  it('saves the archive of a folder as the node made it', async () => {
    const events = await ran('copy', { path: '/etc' });

    expect(wishes[0]).toMatchObject({ suggestedName: 'worker-01-etc.tar.gz', extension: 'gz' });
    expect(gunzipSync(await readFile(join(home, 'worker-01-etc.tar.gz'))).includes('hostname')).toBe(true);
    expect(eventsOf(events, 'started')[0]?.talosctl).toBe('talosctl --context sim -n worker-01 copy /etc -');
  });

  it('extracts a folder', async () => {
    const events = await ran('copy', { path: '/etc', as: 'folder' });

    expect(wishes[0]).not.toHaveProperty('extension');
    expect(await readFile(join(home, 'worker-01-etc', 'hostname'), 'utf8')).toBe('worker-01\n');
    expect(rowsOf(events, worker)).toEqual([
      ['worker-01-etc', expect.any(Number), expect.stringMatching(/^\d+ files, \d+ folders$/)],
    ]);
    expect(eventsOf(events, 'started')[0]?.talosctl).toBe('talosctl --context sim -n worker-01 copy /etc .');
  });

  it('names what it refused', async () => {
    bench.simulator.setNodeFault(worker, { kind: 'archive', with: 'traversal' });
    const rows = rowsOf(await ran('copy', { path: '/etc', as: 'folder' }), worker);

    expect(await readdir(join(home, 'worker-01-etc'))).toEqual(['good.txt']);
    expect(rows).toContainEqual(['../../.bashrc', null, 'refused: its path leads out of the folder']);
    expect(rows).toContainEqual(['out', null, 'refused: it is a link to /etc, out of the folder']);
    expect(rows).toHaveLength(9);
  });

  it.each([
    ['an archive that is cut', { path: '/etc' }, { kind: 'archive', with: 'cut' }],
    ['a path that is not there', { path: '/nowhere' }, null],
    ['a file that cannot be read', { path: '/var/mnt' }, null],
  ] as const)('of %s keeps nothing', async (_what, params, fault) => {
    bench.simulator.setNodeFault(worker, fault);
    const events = await ran('copy', { ...params, as: 'folder' });

    expect(eventsOf(events, 'failed')).toHaveLength(1);
    expect(await readdir(home)).toEqual([]);
  });
});

describe('etcd snapshot', () => {
  it('is named after cluster and time, checked, and saved', async () => {
    const events = await ran('etcd-snapshot', {}, 'cp-1');
    const name = wishes[0]?.suggestedName ?? '';

    expect(name).toMatch(/^sim-etcd-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.snapshot$/);
    const said = expect.stringMatching(
      /^saved; its SHA-256 is right; revision 120,331, 399 keys, 3 members, hash [0-9a-f]{8}$/,
    ) as unknown;
    expect(rowsOf(events, 'cp-1')).toEqual([[name, 64 * 1024 + 32, said]]);
    expect(await readFile(join(home, name))).toHaveLength(64 * 1024 + 32);
    expect(eventsOf(events, 'started')[0]?.talosctl).toBe('talosctl --context sim -n cp-1 etcd snapshot etcd.snapshot');
  });

  it('that ends in the middle is not kept', async () => {
    bench.simulator.setNodeFault('cp-1', { kind: 'snapshot-cut' });
    const [failed] = eventsOf(await ran('etcd-snapshot', {}, 'cp-1'), 'failed');

    expect(failed?.failure.code).toBe('invalid');
    expect(failed?.failure.details).toMatch(/^sha256 checksum/);
    expect(await readdir(home)).toEqual([]);
  });

  it('is remembered once it is saved, and never when it is not', async () => {
    const { snapshots, talosconfig, healths } = bench.workspace;
    const { summary } = talosconfig.context('sim');
    const before = snapshots.of(summary)?.atMs ?? 0;
    bench.simulator.setNodeFault('cp-1', { kind: 'snapshot-cut' });
    await ran('etcd-snapshot', {}, 'cp-1');
    await ran('read', { path: '/etc/hosts' });
    expect(snapshots.of(summary)?.atMs ?? 0).toBe(before);

    bench.simulator.setNodeFault('cp-1', null);
    const atMs = Date.now();
    await ran('etcd-snapshot', {}, 'cp-1');
    expect(snapshots.of(summary)?.atMs).toBeGreaterThanOrEqual(atMs);
    const stop = healths.etcd('sim').subscribe(() => undefined);
    await expect.poll(() => healths.etcd('sim').current.snapshot?.atMs).toBeGreaterThanOrEqual(atMs);
    stop();
  });

  it('without a quorum is taken, and says that it may be behind', async () => {
    bench.simulator.setNodeFault('cp-2', { kind: 'down' });
    bench.simulator.setNodeFault('cp-3', { kind: 'down' });
    const [row] = rowsOf(await ran('etcd-snapshot', {}, 'cp-1'), 'cp-1');

    expect(row?.[2]).toMatch(/^saved; its SHA-256 is right; revision .*; etcd has no leader \(no quorum\)/);
  });

  it('of a worker says that only control planes have etcd', async () => {
    const [failed] = eventsOf(await ran('etcd-snapshot', {}), 'failed');

    expect(failed?.failure.code).toBe('not-supported');
  });
});

describe('a pasted line', () => {
  it.each([
    ['talosctl -n a read /etc/hosts', 'read', { path: '/etc/hosts' }],
    ['talosctl -n a cat /etc/hosts', 'read', { path: '/etc/hosts' }],
    ['talosctl -n a copy /etc -', 'copy', { path: '/etc', as: 'archive' }],
    ['talosctl -n a cp /etc /tmp/etc', 'copy', { path: '/etc', as: 'folder' }],
    ['talosctl -n a etcd snapshot /backup/db.snapshot', 'etcd-snapshot', { name: 'db.snapshot' }],
  ])('%s is understood', (line, command, params) => {
    expect(parseTalosctl(line, COMMANDS)).toMatchObject({ command, params, nodes: ['a'] });
  });
});
