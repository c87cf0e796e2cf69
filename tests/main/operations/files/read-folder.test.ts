import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FolderItem } from '../../../../preload/contract/index.ts';
import type { Caller } from '../../../../main/operations/clusters/caller.ts';
import { readFolder } from '../../../../main/operations/files/read-folder.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { collectEvents, openBench, type Bench } from '../work/runs-harness.ts';
import { cleanPath } from '../../../../main/operations/files/file-path.ts';

let bench: Bench;
const node = 'worker-01';

beforeAll(async () => {
  bench = await openBench({ controlPlanes: 1, workers: 1 });
});
afterEach(() => {
  bench.simulator.setNodeFault(node, null);
});
afterAll(async () => {
  expect(await bench.close()).toBe(0);
});

/** A node whose folder has so many entries. */
const callerOf = (count: number, nameOf: (index: number) => string): Caller =>
  ({
    context: 'sim',
    serverStream: async function* () {
      const entry = { error: '', mode: 0o644, uid: 0, gid: 0, size: '1', modified: '1', link: '' };
      yield { ...entry, name: '/var', relative_name: '.', mode: 2 ** 31 };
      for (let index = 0; index < count; index += 1) yield { ...entry, relative_name: nameOf(index) };
    },
  }) as unknown as Caller;

const read = async (path: string): Promise<FolderItem[]> =>
  collectEvents(bench.workspace.files.folder({ context: 'sim', node, path }, new AbortController().signal));
const entriesOf = (items: readonly FolderItem[]) =>
  items.flatMap((item) => (item.type === 'entries' ? item.entries : []));

describe('a folder', () => {
  it('tells its entries with size, mode, owner and moment, and how talosctl lists it', async () => {
    const items = await read('/etc');

    expect(items[0]).toEqual({
      type: 'started',
      path: '/etc',
      talosctl: 'talosctl --context sim -n worker-01 list /etc -l',
    });
    expect(entriesOf(items)).toContainEqual({
      name: 'hostname',
      kind: 'file',
      mode: '-rw-r--r--',
      uid: 0,
      gid: 0,
      size: 10,
      modifiedMs: expect.any(Number) as number,
    });
    expect(entriesOf(items)).toContainEqual(
      expect.objectContaining({ name: 'cni', kind: 'folder', mode: 'drwxr-xr-x' }),
    );
    expect(items.at(-1)).toMatchObject({ type: 'end', isCut: false, refused: 0 });
  });

  it('names links with what they point to, devices, pipes and sockets', async () => {
    expect(entriesOf(await read('/'))).toContainEqual(
      expect.objectContaining({ name: 'bin', kind: 'link', link: 'usr/bin' }),
    );
    expect(entriesOf(await read('/dev'))).toContainEqual(expect.objectContaining({ name: 'null', kind: 'device' }));
    expect(entriesOf(await read('/run'))).toContainEqual(expect.objectContaining({ name: 'initctl', kind: 'pipe' }));
    expect(entriesOf(await read('/run/containerd'))).toContainEqual(expect.objectContaining({ kind: 'socket' }));
  });

  it('says of an entry that cannot be looked at why, and tells the others', async () => {
    expect(entriesOf(await read('/var/mnt'))).toEqual([
      { name: 'nfs', kind: 'other', error: 'lstat /var/mnt/nfs: stale NFS file handle' },
    ]);
  });

  it('that is a link is the folder it leads to', async () => {
    expect(entriesOf(await read('/bin')).map(({ name }) => name)).toEqual(['init']);
  });

  it('that is a file says so, once', async () => {
    const items = await read('/etc/hostname');

    expect(items.map(({ type }) => type)).toEqual(['started', 'noFolder', 'end']);
    expect(items[1]).toMatchObject({ entry: { name: 'hostname', kind: 'file' } });
  });

  it('that is not there fails in words', async () => {
    await expect(read('/nowhere')).rejects.toMatchObject({
      failure: { details: expect.stringContaining('no such file or directory') as string },
    });
  });

  it('of 50,000 entries is told whole, in pieces, and of more the rest is said to be missing', async () => {
    const caller = callerOf(50_001, (index) => `${String(index).padStart(7, '0')}.log`);
    const signal = new AbortController().signal;
    const items = await collectEvents(readFolder(caller, new FakeClock(), { node, path: '/var/log/crowd' }, signal));

    expect(entriesOf(items)).toHaveLength(50_000);
    expect(items.at(-1)).toMatchObject({ isCut: true });
    expect(Math.max(...items.map((item) => JSON.stringify(item).length))).toBeLessThan(64 * 1024);
  });

  it('leaves out entries with names that lead elsewhere, and counts them', async () => {
    const names = ['good', '../../etc/shadow', '..', 'a/b', '', 'zero\0', 'n'.repeat(300)];
    const caller = callerOf(names.length, (index) => names[index] ?? '');
    const signal = new AbortController().signal;
    const items = await collectEvents(readFolder(caller, new FakeClock(), { node, path: '/var' }, signal));

    expect(entriesOf(items).map(({ name }) => name)).toEqual(['good']);
    expect(items.at(-1)).toMatchObject({ refused: 6 });
  });

  it('that nobody waits for any more is let go in the middle', async () => {
    let sent = 0;
    const caller = callerOf(50_000, (index) => {
      sent = index;
      return `f${index}`;
    });
    const signal = new AbortController().signal;
    for await (const { type } of readFolder(caller, new FakeClock(), { node, path: '/var' }, signal)) {
      if (type === 'entries') break;
    }

    expect(sent).toBeLessThan(1000);
  });

  it.each([
    'control-codes',
    'long-strings',
    'invalid-utf8',
    'huge-numbers',
    'negative-numbers',
    'missing-fields',
  ] as const)('of a node that sends %s never breaks the reader', async (kind) => {
    bench.simulator.setNodeFault(node, { kind: 'hostile', with: kind });
    const items = await read('/etc').catch(() => undefined);

    for (const { name, size = 0 } of entriesOf(items ?? [])) {
      expect(name).not.toMatch(/[/\0]|^\.{0,2}$/);
      expect(name.length).toBeLessThanOrEqual(255);
      expect(size).toBeGreaterThanOrEqual(0);
    }
  });
});

it.each([
  ['/var/../etc/./hosts', '/etc/hosts'],
  ['../../../etc', '/etc'],
  ['var//log/', '/var/log'],
  ['/', '/'],
])('a path %s is asked as %s', (typed, asked) => {
  expect(cleanPath(typed)).toBe(asked);
});

it('a path with a zero byte is refused', () => {
  expect(() => cleanPath('/etc\0/hosts')).toThrow('no zero bytes');
});
