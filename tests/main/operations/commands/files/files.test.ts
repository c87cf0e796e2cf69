import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fileMode } from '../../../../../main/operations/commands/files/file-mode.ts';
import { list } from '../../../../../main/operations/commands/files/list.ts';
import { usage } from '../../../../../main/operations/commands/files/usage.ts';
import { checkParams } from '../../../../../main/operations/commands/kit/params.ts';
import { overTheWire, rowsOver } from '../../../../fakes/over-the-wire.ts';
import { eventsOf, openBench, rowsOf, type Bench } from '../../work/runs-harness.ts';

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

describe('type and permissions of a file', () => {
  it.each([
    [2 ** 31 + 0o755, 'drwxr-xr-x'],
    [2 ** 27 + 0o777, 'Lrwxrwxrwx'],
    [2 ** 26 + 2 ** 21 + 0o666, 'Dcrw-rw-rw-'],
    [2 ** 23 + 0o4755, 'urwxr-xr-x'],
    [2 ** 31 + 2 ** 20 + 0o777, 'dtrwxrwxrwx'],
    [2 ** 25 + 0o600, 'prw-------'],
    [2 ** 24 + 0o700, 'Srwx------'],
    [0o640, '-rw-r-----'],
    [0, '----------'],
  ])('%i are written as Go does: %s', (mode, text) => {
    expect(fileMode(mode)).toBe(text);
  });
});

describe('list', () => {
  const entry = {
    ...{
      name: '/etc/x/y',
      relative_name: 'x/y',
      size: 12,
      mode: 2 ** 27 + 0o777,
      modified: 1_700_000_000,
      uid: 5,
      gid: 6,
    },
    ...{ link: '/z', xattrs: [{ name: 'security.selinux', data: Buffer.from('etc_t:s0\0') }] },
  };

  it('shows what talosctl list -l shows, with size and time as values', () => {
    expect(rowsOver(list, entry, { long: true })).toEqual([
      ['Lrwxrwxrwx', 5, 6, 12, 1_700_000_000_000, 'etc_t:s0', 'x/y -> /z', 'x/y', 'x', ''],
    ]);
    expect(list.columnsFor?.({ long: true }).flatMap(({ title, isExtra }) => (isExtra ? [] : [title]))).toEqual([
      ...['MODE', 'UID', 'GID', 'SIZE', 'LASTMOD', 'LABEL', 'NAME'],
    ]);
  });

  it('shows names alone without -l', () => {
    expect(rowsOver(list, entry)[0]?.[6]).toBe('x/y');
  });

  it('names entries that could not be read, and goes on', () => {
    const broken = overTheWire(list.method, { name: '/a', relative_name: 'a', error: 'permission denied' });

    expect([...list.rows(broken, {})]).toEqual([
      [null, null, null, null, null, '', 'a', 'a', '.', 'permission denied'],
    ]);
    expect(list.notes?.([broken, broken, broken, broken, broken], {})).toEqual([
      ...['', '', ''].map(() => 'error reading file /a: permission denied'),
      '2 more could not be read; see the column ERROR.',
    ]);
  });

  it.each([
    [{}, { root: '/', recurse: false, recursion_depth: 1, types: [], report_xattrs: false }],
    [
      { path: '/var', depth: '3' },
      { root: '/var', recurse: true, recursion_depth: 3 },
    ],
    [
      { recurse: true, long: true },
      { recurse: true, recursion_depth: -1, report_xattrs: true },
    ],
    [{ types: 'f,L' }, { types: ['REGULAR', 'SYMLINK'] }],
  ])('asks for %j as talosctl does', (params, request) => {
    expect(list.request(checkParams(list, params))).toMatchObject(request);
  });

  it('lists a folder of a node, as deep as asked', async () => {
    const flat = await bench.run({ command: 'list', nodes: [node], params: { path: '/etc', long: true } });
    const deep = await bench.run({ command: 'list', nodes: [node], params: { path: '/var', recurse: true } });

    expect(rowsOf(flat, node).find(([, , , , , , name]) => name === 'hostname')).toEqual([
      '-rw-r--r--',
      0,
      0,
      10,
      expect.any(Number),
      ...['system_u:object_r:etc_t:s0', 'hostname', 'hostname', '.', ''],
    ]);
    expect(rowsOf(deep, node).map((row) => row[7])).toContain('log/audit/kube/kube-apiserver.log');
    expect(eventsOf(flat, 'started')[0]?.talosctl).toBe('talosctl --context sim -n worker-01 list /etc -l');
  });

  it('says that there is no such path', async () => {
    const events = await bench.run({ command: 'list', nodes: [node], params: { path: '/nowhere' } });

    expect(eventsOf(events, 'failed')[0]?.failure).toMatchObject({ code: 'not-found' });
  });

  it('of a crowded folder shows at most 50,000 entries', () => {
    expect(list.limit).toBe(50_000);
    expect(usage.limit).toBe(50_000);
  });

  it('shows a folder of thousands of files', { timeout: 60_000 }, async () => {
    bench.simulator.setNodeFault(node, { kind: 'crowded', items: 3000 });
    const events = await bench.run({
      ...{ command: 'list', nodes: [node], params: { path: '/var/log/crowd' }, deadlineMs: 50_000 },
    });

    // The folder itself is an entry, too.
    expect(rowsOf(events, node)).toHaveLength(3001);
  });
});

describe('usage', () => {
  it('adds up folders, with the folder each lies in', () => {
    const of = (relative: string, size: number) => ({ name: `/var/${relative}`, relative_name: relative, size });

    expect(rowsOver(usage, of('lib/kubelet', 5))).toEqual([[5, 'lib/kubelet', 'lib', '']]);
    expect(rowsOver(usage, of('.', 9))).toEqual([[9, '.', '.', '']]);
    expect(rowsOver(usage, { ...of('lib', 0), error: 'gone' })).toEqual([[null, 'lib', '.', 'gone']]);
  });

  it.each([
    [{}, { recursion_depth: 1, all: false, threshold: '0', paths: ['/'] }],
    [
      { path: '/var', depth: '2', all: true, threshold: '-4096' },
      { recursion_depth: 3, all: true, threshold: '-4096', paths: ['/var'] },
    ],
  ])('asks for %j one level deeper than its depth', (params, request) => {
    expect(usage.request(checkParams(usage, params))).toEqual(request);
  });

  it('has the same sum as the files below', async () => {
    const events = await bench.run({
      command: 'usage',
      nodes: [node],
      params: { path: '/etc', depth: '1', all: true },
    });
    const rows = rowsOf(events, node);
    const whole = rows.find(([, name]) => name === '.');

    expect(rows.filter((row) => row !== whole).reduce((sum, [size]) => sum + Number(size), 0)).toBe(whole?.[0]);
  });

  it('tells of a path that is not there in a note, since the node ends well', async () => {
    const events = await bench.run({ command: 'usage', nodes: [node], params: { path: '/nowhere' } });

    expect(eventsOf(events, 'answered')[0]?.notes?.[0]).toMatch(/^error reading file \/nowhere: .*no such file/);
  });
});
