import type { CellValue, RunColumn } from '../../../../preload/contract/index.ts';
import type { Cgroup } from './cgroup.ts';
import {
  asRead,
  devicesOf,
  fieldOf,
  fromMicroseconds,
  linesOf,
  pressureOf,
  shareOf,
  sizeText,
  valueOf,
  type FileValue,
} from './values.ts';

/** What cells are made with besides the group itself. */
export interface NodeNames {
  /** Names of block devices by `major:minor`. */
  readonly devices: ReadonlyMap<string, string>;
  /** Names of programs by process id. */
  readonly programs: ReadonlyMap<string, string>;
}

/** A column of a preset. */
export interface CgroupColumn extends Omit<RunColumn, 'id'> {
  cell(group: Cgroup, names: NodeNames): CellValue;
}

/** A table talosctl knows by name, and what its groups are measured against each other by. */
export interface Preset {
  readonly columns: readonly CgroupColumn[];
  /** What a group takes, for its bar: its share of all groups beside it. */
  readonly taken: (group: Cgroup) => FileValue;
}

const column = (title: string, kind: RunColumn['kind'], cell: CgroupColumn['cell']): CgroupColumn => ({
  title,
  kind,
  cell,
});

const size = (title: string, file: string): CgroupColumn =>
  column(title, 'bytes', (group) => asRead(valueOf(group, file)));
const plain = (title: string, file: string): CgroupColumn =>
  column(title, 'number', (group) => asRead(valueOf(group, file)));
const word = (title: string, file: string): CgroupColumn =>
  column(title, 'text', (group) => valueOf(group, file) ?? 'unset');
const time = (title: string, field: string): CgroupColumn =>
  column(title, 'duration', (group) => fromMicroseconds(fieldOf(group, 'cpu.stat', field)));
const ofParent = (title: string, field: string): CgroupColumn =>
  column(title, 'percent', ({ parent, ...group }) =>
    parent === undefined
      ? '-'
      : shareOf(fieldOf({ ...group, parent }, 'cpu.stat', field), fieldOf(parent, 'cpu.stat', field)),
  );
const pressure = (title: string, what: 'memory' | 'cpu' | 'io', line: 'some' | 'full', field: string): CgroupColumn =>
  column(title, 'number', (group) => asRead(pressureOf(group, `${what}.pressure`, line, field)));
const count = (title: string, file: string): CgroupColumn =>
  column(title, 'number', (group) => linesOf(group, file).length);

/** So many characters of a list of names, as talosctl cuts it. */
const MOST_NAMES = 50;

const devices = (group: Cgroup, { devices: names }: NodeNames) =>
  devicesOf(group).map(([device, counters]) => [names.get(device) ?? device, counters] as const);

const bytesOfDevices = column('Bytes Read/Written', 'text', (group, names) =>
  devices(group, names)
    .filter(([, counters]) => counters.size > 0)
    .map(([device, counters]) => `${device}: ${sizeText(counters.get('rbytes'))}/${sizeText(counters.get('wbytes'))}`)
    .join(' '),
);

const operationsOfDevices = column('ios Read/Write', 'text', (group, names) =>
  group.parent === undefined
    ? ''
    : devices(group, names)
        .map(([device, counters]) => `${device}: ${counters.get('rios') ?? 'unset'}/${counters.get('wios') ?? 'unset'}`)
        .join(' '),
);

const programs = column('Processes', 'text', (group, names) => {
  if (group.parent === undefined) return '';
  const running = linesOf(group, 'cgroup.procs').map((pid) => names.programs.get(pid) ?? pid);
  return `[${running.join(' ')}]`.slice(0, MOST_NAMES);
});

const memory = (group: Cgroup): FileValue => valueOf(group, 'memory.current');

/** Bytes that went to and from all devices. */
function transferred(group: Cgroup): FileValue {
  const all = devicesOf(group).flatMap(([, counters]) => [counters.get('rbytes'), counters.get('wbytes')]);
  return all.length === 0 ? undefined : String(all.reduce((sum, bytes) => sum + Number(bytes ?? 0), 0));
}

/** The tables of `talosctl cgroups --preset` (docs/talos-behaviour.md §6.12). */
export const PRESETS: Readonly<Record<string, Preset>> = {
  cpu: {
    taken: (group) => fieldOf(group, 'cpu.stat', 'usage_usec'),
    columns: [
      plain('CpuWeight', 'cpu.weight'),
      plain('CpuNice', 'cpu.weight.nice'),
      column('CpuMax', 'text', (group) => {
        const limit = valueOf(group, 'cpu.max');
        return limit === undefined ? 'unset' : `[${limit}]`;
      }),
      time('CpuUser', 'user_usec'),
      ofParent('User/%', 'user_usec'),
      time('CpuSystem', 'system_usec'),
      ofParent('System/%', 'system_usec'),
      time('Throttled', 'throttled_usec'),
    ],
  },
  cpuset: {
    taken: () => undefined,
    columns: [
      word('CpuSet', 'cpuset.cpus'),
      word('CpuSet(Eff)', 'cpuset.cpus.effective'),
      word('Mems', 'cpuset.mems'),
      word('Mems(Eff)', 'cpuset.mems.effective'),
    ],
  },
  io: {
    taken: transferred,
    columns: [
      bytesOfDevices,
      operationsOfDevices,
      pressure('PressAvg10', 'io', 'some', 'avg10'),
      pressure('PressAvg60', 'io', 'some', 'avg60'),
      column('PressTotal', 'duration', (group) => fromMicroseconds(pressureOf(group, 'io.pressure', 'some', 'total'))),
    ],
  },
  memory: {
    taken: memory,
    columns: [
      size('MemCurrent', 'memory.current'),
      size('MemPeak', 'memory.peak'),
      size('MemLow', 'memory.low'),
      column('Peak/Low', 'percent', (group) => shareOf(valueOf(group, 'memory.peak'), valueOf(group, 'memory.low'))),
      size('MemHigh', 'memory.high'),
      size('MemMin', 'memory.min'),
      column('Current/Min', 'percent', (group) =>
        shareOf(valueOf(group, 'memory.current'), valueOf(group, 'memory.min')),
      ),
      size('MemMax', 'memory.max'),
    ],
  },
  process: {
    taken: (group) => valueOf(group, 'pids.current'),
    columns: [
      plain('PidsCurrent', 'pids.current'),
      plain('PidsPeak', 'pids.peak'),
      plain('PidsMax', 'pids.max'),
      count('Procs', 'cgroup.procs'),
      count('Threads', 'cgroup.threads'),
      programs,
    ],
  },
  psi: {
    taken: memory,
    columns: [
      size('MemCurrent', 'memory.current'),
      pressure('MemPsiSome10', 'memory', 'some', 'avg10'),
      pressure('MemPsi10', 'memory', 'full', 'avg10'),
      pressure('CpuPsi10', 'cpu', 'full', 'avg10'),
      pressure('IoPsi10', 'io', 'full', 'avg10'),
    ],
  },
  swap: {
    taken: (group) => valueOf(group, 'memory.swap.current'),
    columns: [
      size('SwapCurrent', 'memory.swap.current'),
      size('SwapPeak', 'memory.swap.peak'),
      size('SwapHigh', 'memory.swap.high'),
      size('SwapMax', 'memory.swap.max'),
      size('ZswapCurrent', 'memory.zswap.current'),
      size('ZswapMax', 'memory.zswap.max'),
      plain('ZswapWriteback', 'memory.zswap.writeback'),
    ],
  },
};

/**
 * What a group takes of all that it and those beside it take, as a share of 1; null where that is not known. What all of one
 * parent take together is added up once: thousands may stand beside each other.
 */
export function sharesAmong(taken: Preset['taken']): (group: Cgroup) => CellValue {
  const sums = new Map<Cgroup, number>();
  const sumOf = (parent: Cgroup): number => {
    const sum = sums.get(parent) ?? parent.children.reduce((all, one) => all + (Number(taken(one)) || 0), 0);
    sums.set(parent, sum);
    return sum;
  };
  return (group) => {
    const own = Number(taken(group));
    const all = group.parent === undefined ? own : sumOf(group.parent);
    return Number.isFinite(own) && all > 0 ? own / all : null;
  };
}
