import { devicesOf, linesOf, valueOf, type FileValue } from '../values.ts';
import type { Cgroup } from '../cgroup.ts';
import type { NodeNames } from '../presets.ts';

/** What an expression of a template stands for. */
export type Datum =
  | { readonly kind: 'value'; readonly raw: FileValue }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'map'; readonly entries: ReadonlyMap<string, Datum> }
  | { readonly kind: 'group'; readonly group: Cgroup }
  | { readonly kind: 'nothing' };

/** The datum that is none. */
export const NOTHING: Datum = { kind: 'nothing' };

/** Of how a file is read. */
type Shape = 'value' | 'fields' | 'pressure' | 'devices' | 'words' | 'lines';

/** Files as Go templates of talosctl name them. */
const FILES: Readonly<Record<string, readonly [file: string, shape: Shape]>> = {
  CgroupEvents: ['cgroup.events', 'fields'],
  CgroupFreeze: ['cgroup.freeze', 'value'],
  CgroupProcs: ['cgroup.procs', 'lines'],
  CgroupStat: ['cgroup.stat', 'fields'],
  CgroupThreads: ['cgroup.threads', 'lines'],
  CPUIdle: ['cpu.idle', 'value'],
  CPUMax: ['cpu.max', 'words'],
  CPUMaxBurst: ['cpu.max.burst', 'value'],
  CPUPressure: ['cpu.pressure', 'pressure'],
  CPUStat: ['cpu.stat', 'fields'],
  CPUWeight: ['cpu.weight', 'value'],
  CPUWeightNice: ['cpu.weight.nice', 'value'],
  CPUSetCPUs: ['cpuset.cpus', 'value'],
  CPUSetCPUsEffective: ['cpuset.cpus.effective', 'value'],
  CPUSetMems: ['cpuset.mems', 'value'],
  CPUSetMemsEffective: ['cpuset.mems.effective', 'value'],
  IOPressure: ['io.pressure', 'pressure'],
  IOStat: ['io.stat', 'devices'],
  MemoryCurrent: ['memory.current', 'value'],
  MemoryEvents: ['memory.events', 'fields'],
  MemoryHigh: ['memory.high', 'value'],
  MemoryLow: ['memory.low', 'value'],
  MemoryMax: ['memory.max', 'value'],
  MemoryMin: ['memory.min', 'value'],
  MemoryPeak: ['memory.peak', 'value'],
  MemoryPressure: ['memory.pressure', 'pressure'],
  MemoryStat: ['memory.stat', 'fields'],
  MemorySwapCurrent: ['memory.swap.current', 'value'],
  MemorySwapHigh: ['memory.swap.high', 'value'],
  MemorySwapMax: ['memory.swap.max', 'value'],
  MemorySwapPeak: ['memory.swap.peak', 'value'],
  MemoryZswapCurrent: ['memory.zswap.current', 'value'],
  MemoryZswapMax: ['memory.zswap.max', 'value'],
  MemoryZswapWriteback: ['memory.zswap.writeback', 'value'],
  PidsCurrent: ['pids.current', 'value'],
  PidsEvents: ['pids.events', 'fields'],
  PidsMax: ['pids.max', 'value'],
  PidsPeak: ['pids.peak', 'value'],
};

const value = (raw: FileValue): Datum => ({ kind: 'value', raw });

/** A field of a group by its name in a template; undefined for a name that is none. */
export function groupField(group: Cgroup, name: string, names: NodeNames): Datum | undefined {
  if (name === 'Parent') return group.parent === undefined ? NOTHING : { kind: 'group', group: group.parent };
  if (name === 'CgroupProcsResolved') {
    return { kind: 'list', items: linesOf(group, 'cgroup.procs').map((pid) => names.programs.get(pid) ?? pid) };
  }
  const known = Object.hasOwn(FILES, name) ? FILES[name] : undefined;
  if (known === undefined) return undefined;
  const [file, shape] = known;
  switch (shape) {
    case 'value':
      return value(valueOf(group, file));
    case 'words':
      return { kind: 'list', items: (valueOf(group, file) ?? '').split(' ').filter((word) => word !== '') };
    case 'lines':
      return { kind: 'list', items: linesOf(group, file) };
    case 'fields':
      return mapOf(linesOf(group, file).map((line) => pairOf(line, ' ')));
    case 'pressure':
      return mapOf(
        linesOf(group, file).map((line) => {
          const [name = '', ...fields] = line.split(' ');
          return [name, mapOf(fields.map((field) => pairOf(field, '=')))] as const;
        }),
      );
    case 'devices':
      return mapOf(
        devicesOf(group).map(([device, counters]) => [
          names.devices.get(device) ?? device,
          mapOf([...counters].map(([key, raw]) => [key, value(raw)])),
        ]),
      );
  }
}

const mapOf = (entries: readonly (readonly [string, Datum])[]): Datum => ({ kind: 'map', entries: new Map(entries) });

function pairOf(text: string, sign: string): readonly [string, Datum] {
  const end = text.indexOf(sign);
  return end < 0 ? [text, value(undefined)] : [text.slice(0, end), value(text.slice(end + 1).trim())];
}
