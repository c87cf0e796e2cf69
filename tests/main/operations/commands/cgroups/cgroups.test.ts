import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cgroupRows, cgroups } from '../../../../../main/operations/commands/cgroups/cgroups.ts';
import { readCgroups, walkCgroups, type Cgroup } from '../../../../../main/operations/commands/cgroups/cgroup.ts';
import { PRESETS, type Preset } from '../../../../../main/operations/commands/cgroups/presets.ts';
import { nameGroups, programName } from '../../../../../main/operations/commands/cgroups/resolve-names.ts';
import { readCgroupSchema } from '../../../../../main/operations/commands/cgroups/schema.ts';
import { smallFiles } from '../../../../../main/operations/commands/cgroups/small-files.ts';
import { tarHeader } from '../../../../../main/simulator/faults/unfinished-tar.ts';
import { openBench, eventsOf, rowsOf, type Bench } from '../../work/runs-harness.ts';

type Files = Readonly<Record<string, string>>;

/** A tree from files by path. */
function rootOf(files: Files): Promise<Cgroup> {
  return readCgroups(
    (async function* () {
      for (const [path, text] of Object.entries(files)) yield { path, kind: 'file', text } as const;
    })(),
  );
}

const NAMES = { devices: new Map([['8:0', 'sda']]), programs: new Map([['7', 'etcd']]) };

/** Cells of one group by the titles of its columns, without what Minos adds. */
async function cellsOf(preset: Preset | string, files: Files, path = 'a'): Promise<Record<string, unknown>> {
  const root = await rootOf(files);
  const table = typeof preset === 'string' ? PRESETS[preset]! : preset;
  const row = [...cgroupRows(root, table, NAMES)].find((one) => one.at(-2) === path)!;
  return Object.fromEntries(table.columns.map(({ title }, index) => [title, row[index + 2]]));
}

/** Titles and kinds of every preset (docs/talos-behaviour.md §6.12). */
const GOLDEN: Readonly<Record<string, readonly string[]>> = {
  cpu: [
    ...['CpuWeight number', 'CpuNice number', 'CpuMax text', 'CpuUser duration', 'User/% percent'],
    ...['CpuSystem duration', 'System/% percent', 'Throttled duration'],
  ],
  cpuset: ['CpuSet text', 'CpuSet(Eff) text', 'Mems text', 'Mems(Eff) text'],
  io: [
    ...['Bytes Read/Written text', 'ios Read/Write text', 'PressAvg10 number', 'PressAvg60 number'],
    'PressTotal duration',
  ],
  memory: [
    ...['MemCurrent bytes', 'MemPeak bytes', 'MemLow bytes', 'Peak/Low percent', 'MemHigh bytes', 'MemMin bytes'],
    ...['Current/Min percent', 'MemMax bytes'],
  ],
  process: [
    ...['PidsCurrent number', 'PidsPeak number', 'PidsMax number', 'Procs number', 'Threads number'],
    'Processes text',
  ],
  psi: ['MemCurrent bytes', 'MemPsiSome10 number', 'MemPsi10 number', 'CpuPsi10 number', 'IoPsi10 number'],
  swap: [
    ...['SwapCurrent bytes', 'SwapPeak bytes', 'SwapHigh bytes', 'SwapMax bytes', 'ZswapCurrent bytes'],
    ...['ZswapMax bytes', 'ZswapWriteback number'],
  ],
};

describe('a preset', () => {
  it.each(Object.keys(GOLDEN))('%s has the columns of talosctl', (id) => {
    expect(PRESETS[id]?.columns.map(({ title, kind }) => `${title} ${kind}`)).toEqual(GOLDEN[id]);
  });

  it('are all in the golden table', () => {
    expect(Object.keys(PRESETS)).toEqual(Object.keys(GOLDEN));
  });

  it.each([
    // Both are there: two digits of a percentage.
    ['300', '900', 0.3333],
    ['300', 'max', 0],
    ['max', 'max', 1],
    ['max', '900', 'max'],
    ['300', '0', 'max'],
    ['', '900', 'unset'],
    ['300', '', 'unset'],
  ])('measures %j by %j as %j', async (peak, low, expected) => {
    const cells = await cellsOf('memory', { 'a/memory.peak': peak, 'a/memory.low': low });

    expect(cells['Peak/Low']).toBe(expected);
  });

  it('says what is unset and what has no limit, and reads microseconds as time', async () => {
    expect(await cellsOf('memory', { 'a/memory.max': 'max\n', 'a/memory.current': '4096\n' })).toMatchObject({
      ...{ MemCurrent: 4096, MemMax: 'max', MemPeak: 'unset' },
    });
    const cpu = await cellsOf('cpu', {
      'cpu.stat': 'usage_usec 3000\nuser_usec 2000\nsystem_usec 1000\n',
      'a/cpu.stat': 'usage_usec 1500\nuser_usec 500\nsystem_usec 1000\nthrottled_usec 2500\n',
      'a/cpu.max': 'max 100000\n',
    });
    expect(cpu).toEqual({
      ...{ CpuWeight: 'unset', CpuNice: 'unset', CpuMax: '[max 100000]', CpuUser: 0.5, 'User/%': 0.25 },
      ...{ CpuSystem: 1, 'System/%': 1, Throttled: 2.5 },
    });
  });

  it('names devices and programs, and leaves out at the root what says nothing there', async () => {
    const files = {
      'a/io.stat': '8:0 rbytes=1258291 wbytes=3221225472 rios=3 wios=9 dbytes=0 dios=0\n9:1\n',
      'io.stat': '8:0 rbytes=8 wbytes=8 rios=1 wios=1\n',
      'a/io.pressure': 'some avg10=1.50 avg60=0.20 avg300=0.00 total=2000\nfull avg10=0.10 avg60=0.00 total=4\n',
      'a/cgroup.procs': '7\n8\n',
    };

    expect(await cellsOf('io', files)).toEqual({
      'Bytes Read/Written': 'sda: 1.2 MiB/3.0 GiB',
      'ios Read/Write': 'sda: 3/9 9:1: unset/unset',
      ...{ PressAvg10: 1.5, PressAvg60: 0.2, PressTotal: 2 },
    });
    expect(await cellsOf('io', files, '.')).toMatchObject({ 'ios Read/Write': '', PressAvg10: 'unset' });
    expect(await cellsOf('process', files)).toMatchObject({ Procs: 2, Threads: 0, Processes: '[etcd 8]' });
    expect(await cellsOf('process', files, '.')).toMatchObject({ Processes: '' });
  });
});

describe('the bar of a group', () => {
  it('is its share of all beside it, which are added up once', async () => {
    const files = Object.fromEntries(Array.from({ length: 1000 }, (_each, index) => [`g${index}/x`, String(index)]));
    let asked = 0;
    const taken = ({ files: own }: Cgroup) => {
      asked += 1;
      return own.get('x');
    };
    const rows = [...cgroupRows(await rootOf(files), { columns: [], taken }, NAMES)];

    expect(rows.find(([name]) => name === 'g999')?.[1]).toBeCloseTo(999 / 499_500, 10);
    expect(rows.find(([name]) => name === '.')?.[1]).toBeNull();
    expect(asked).toBeLessThan(2_100);
  });
});

describe('the tree', () => {
  it('has children by name below their parents, and pods and containers by theirs', async () => {
    const uid = '0a1b2c3d-0000-4000-8000-00000000abcd';
    const root = await rootOf({
      [`kubepods/besteffort/pod${uid}/bbb/memory.current`]: '1',
      [`kubepods/besteffort/pod${uid}/aaa/memory.current`]: '1',
      'init/memory.current': '1',
    });
    const container = { uid, pod_id: 'shop/checkout-1', internal_id: 'aaa', id: 'shop/checkout-1', name: 'x' };
    nameGroups(root, [
      container,
      { ...container, internal_id: 'bbb', id: 'shop/checkout-1:app:bbb', name: 'app' },
    ] as never);

    expect([...walkCgroups(root)].map(({ name }) => name)).toEqual([
      ...['.', 'init', 'kubepods', 'besteffort', 'shop/checkout-1', 'app', 'sandbox'],
    ]);
  });

  it('of much text waits until no other large answer is in memory', async () => {
    const kept: string[] = [];
    const entries = (async function* () {
      for (let index = 0; index < 50; index += 1) {
        kept.push(`file ${index}`);
        yield { path: `a/${index}`, kind: 'file', text: 'x'.repeat(100 * 1024) } as const;
      }
    })();
    const turn = Promise.withResolvers<void>();
    const waiting = Promise.withResolvers<void>();
    const read = readCgroups(entries, () => {
      waiting.resolve();
      return turn.promise;
    });

    await waiting.promise;
    expect(kept).toHaveLength(41);
    turn.resolve();
    expect((await read).children[0]?.files.size).toBe(50);
    expect(kept).toHaveLength(50);
  });

  it.each([
    [{ executable: '/usr/bin/etcd', command: 'x', args: 'y z' }, 'etcd'],
    [{ executable: '', command: 'kthreadd', args: '' }, 'kthreadd'],
    [{ executable: '', command: '', args: 'sh -c x' }, 'sh'],
  ])('calls a process %j %s', (process, name) => {
    expect(programName(process)).toBe(name);
  });
});

describe('a schema of one’s own', () => {
  const files = {
    'cpu.stat': 'user_usec 2000000\n',
    'a/cpu.stat': 'user_usec 63000000\n',
    'a/memory.current': '12582912\n',
    'a/memory.max': '50331648\n',
    'a/io.stat': '8:0 rbytes=2048 wbytes=4096\n',
    'a/cgroup.procs': '7\n9\n',
  };

  it.each([
    ['{{ .MemoryCurrent.HumanizeIBytes | printf "%8s" }}', '12 MiB'],
    ['{{ .MemoryCurrent.DivideBy .MemoryMax | printf "%6s%%" }}', '25.00%'],
    ['{{ .MemoryMin.HumanizeIBytes }} {{ .MemoryMin }}', 'unset unset'],
    ['{{ if .Parent }}{{ .CPUStat.user_usec.UsecToDuration }}{{ else }}-{{ end }}', '1m3s'],
    ['{{ .CPUStat.user_usec.DivideBy .Parent.CPUStat.user_usec }}', '3150.00'],
    [
      '{{ range $disk, $v := .IOStat }}{{ $disk }}: {{ $v.rbytes.HumanizeIBytes }}/{{ $v.wbytes }} {{ end }}',
      'sda: 2.0 KiB/4096',
    ],
    ['{{ range .CgroupProcs }}{{ . }}:{{ $.MemoryMax.HumanizeIBytes }} {{ end }}', '7:48 MiB 9:48 MiB'],
    ['{{ .CgroupProcs | len | printf "%3d" }}', '2'],
    ['{{ .CgroupProcsResolved | printf "%s" | printf "%.7s" }}', '[etcd 9'],
  ])('%s gives %j', async (template, expected) => {
    const columns = readCgroupSchema(`columns:\n  - name: x\n    template: '${template}'\n`);

    expect((await cellsOf({ columns, taken: () => undefined }, files))['x']).toBe(expected);
  });

  it.each([
    ['hello', /needs a list/],
    ['columns: []', /needs a list/],
    ['columns: [{name: x}]', /needs a template for column x/],
    ["columns: [{template: '{{ .A }}'}]", /needs a short name for column 1/],
    ["columns: [{name: x, template: '{{ if .A }}'}]", /cannot read: \{\{ end \}\} is missing/],
    ["columns: [{name: x, template: '{{ call .A }}'}]", /"call" is not known here/],
    [`columns: [${'{name: x, template: y},'.repeat(40)}]`, /more than 32 columns/],
    ['x'.repeat(20_000), /more than 12,000 characters/],
  ])('is refused as %.60j', (schema, message) => {
    expect(() => cgroups.check?.({ schema })).toThrow(message);
  });

  it('says in its cell which field is none, and ends whatever it costs', async () => {
    const nested = '{{ range .CgroupProcs }}'.repeat(12) + 'x' + '{{ end }}'.repeat(12);
    const columns = readCgroupSchema(
      JSON.stringify({
        columns: [
          { name: 'a', template: '{{ .Nonsense }}' },
          { name: 'b', template: nested },
        ],
      }),
    );
    const cells = await cellsOf({ columns, taken: () => undefined }, { 'a/cgroup.procs': '1\n'.repeat(9) });

    expect(cells['a']).toBe('✕ a control group has no Nonsense');
    expect(String(cells['b']).length).toBeLessThanOrEqual(2_000);
  });
});

describe('the archive a node sends', () => {
  const entry = (name: string, text: string, type = '0', size = Buffer.byteLength(text)): Buffer => {
    const header = tarHeader({ name, size, mode: 0o644, modifiedAtMs: 0, type, link: '' });
    return Buffer.concat([header, Buffer.from(text), Buffer.alloc((512 - (text.length % 512)) % 512)]);
  };
  const read = async (archive: Buffer) => {
    const found: string[] = [];
    const pieces = (async function* () {
      for (let at = 0; at < archive.length; at += 100) yield archive.subarray(at, at + 100);
    })();
    for await (const { path, kind, text } of smallFiles(pieces)) found.push(`${kind} ${path} ${text}`.trim());
    return found;
  };

  it('is read with names of any length, whether it has an end or not', async () => {
    const long = `kubepods/${'p'.repeat(60)}/${'c'.repeat(64)}/memory.current`;
    const pax = `${long.length + 11} path=${long}x\n`;
    const archive = Buffer.concat([
      ...[entry('./', '', '5'), entry('a/b', 'text'), entry(long, '7')],
      ...[entry('whatever', pax, 'x'), entry('short', '8')],
    ]);

    expect(await read(gzipSync(archive))).toEqual(['folder', 'file a/b text', `file ${long} 7`, `file ${long}x 8`]);
  });

  it('is refused where it is none, cut off or too much', async () => {
    await expect(read(Buffer.from('no archive at all'))).rejects.toThrow('not compressed as it should be, or was cut');
    await expect(read(gzipSync(Buffer.alloc(512, 1)))).rejects.toThrow('no archive that can be read');
    await expect(read(gzipSync(entry('a', 'x', '0', 5_000)))).rejects.toThrow('ends in the middle of a file');
    await expect(
      read(gzipSync(Buffer.concat([entry('a', '', '0', 2 ** 32), Buffer.alloc(300 * 1024 * 1024)]))),
    ).rejects.toThrow('more control groups than Minos reads');
  });
});

describe('control groups of a cluster', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openBench();
  });
  afterAll(async () => {
    expect(await bench.close()).toBe(0);
  });

  it('are a tree whose pods and containers go by their names', async () => {
    const events = await bench.run({ command: 'cgroups', nodes: ['worker-01'] });
    const rows = rowsOf(events, 'worker-01');
    const names = rows.map(([name]) => String(name));
    const [name, share, current, , , , , , , , path, folder] = rows.find(([one]) =>
      String(one).startsWith('kube-system/kube-flannel'),
    )!;

    expect(eventsOf(events, 'answered')[0]).not.toHaveProperty('notes');
    expect(names[0]).toBe('.');
    expect(names).toContain('sandbox');
    expect(name).toMatch(/^kube-system\/kube-flannel-/);
    expect(current).toBeGreaterThan(0);
    expect(share).toBeGreaterThan(0);
    expect(folder).toBe('kubepods/burstable');
    expect(String(path)).toMatch(/^kubepods\/burstable\/pod[0-9a-f-]{36}$/);
  });

  it('has the files of a group as detail, and the line of a schema names a file', async () => {
    const schema = "columns: [{name: Now, template: '{{ .MemoryCurrent.HumanizeIBytes }}'}]";
    const events = await bench.run({ command: 'cgroups', nodes: ['cp-1'], params: { schema } });
    const [started] = eventsOf(events, 'started');

    expect(started?.columns.map(({ title }) => title).slice(0, 3)).toEqual(['NAME', 'SHARE', 'Now']);
    expect(started?.talosctl).toBe('talosctl --context sim -n cp-1 cgroups --schema-file schema.yaml');
    expect(rowsOf(events, 'cp-1')[1]?.[2]).toMatch(/ MiB$/);
    expect(bench.workspace.runs.detail(started?.runId ?? '', 'cp-1', 1).parts[0]).toMatchObject({
      kind: 'fields',
      fields: expect.arrayContaining([expect.objectContaining({ name: 'memory.current' })]) as unknown,
    });
  });

  it('is there without names where containers cannot be asked, and says so', async () => {
    bench.simulator.setNodeFault('worker-01', { kind: 'daemon-down' });
    const events = await bench.run({ command: 'cgroups', nodes: ['worker-01'], params: { preset: 'process' } });
    bench.simulator.setNodeFault('worker-01', null);

    expect(eventsOf(events, 'answered')[0]?.notes).toEqual([expect.stringMatching(/^Without the names of pods: /)]);
    expect(rowsOf(events, 'worker-01').some(([name]) => /^pod[0-9a-f-]{36}$/.test(String(name)))).toBe(true);
  });
});
