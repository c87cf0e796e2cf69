import { steadyInt, steadyUuid } from '../wire/random.ts';
import { cpuBusySeconds, memoryUsedKb } from './machine-load.ts';
import type { VirtualNode } from './virtual-node.ts';
import { containerHash, podsOf, systemContainers } from './workload.ts';

/** A file of a kernel's file system, or where a link points to. */
export interface KernelFile {
  /** Below the folder that was asked for. */
  readonly path: string;
  readonly text: string;
  readonly isLink?: true;
}

/** What a pod is known by to Kubernetes. */
export const podUid = (node: VirtualNode, pod: { readonly id: string }): string =>
  steadyUuid(node.facts.seed, node.name, pod.id, 'uid');

/** A group and its share of what the node uses. */
interface Group {
  readonly path: string;
  readonly share: number;
  readonly pids: readonly number[];
  /** `memory.min`, for the groups of Talos that keep some for themselves. */
  readonly least?: number;
}

const MIB = 1024 ** 2;
const DEVICE = '259:0';
const PAGE = 4_096;

function groupsOf(node: VirtualNode): readonly Group[] {
  const system = systemContainers(node);
  const pods = podsOf(node);
  const weights = [...system, ...pods.flatMap(({ containers }) => containers)].reduce(
    (sum, { weight }) => sum + weight,
    0,
  );
  const services = system.map(({ name, pid, weight }): Group => {
    const place = name === 'kubelet' || name === 'etcd' ? 'podruntime' : 'system';
    return {
      path: `${place}/${name}`,
      share: weight / weights,
      pids: [pid],
      ...(name === 'etcd' && { least: 256 * MIB }),
    };
  });
  const burstable = pods.map((pod) => {
    const path = `kubepods/burstable/pod${podUid(node, pod)}`;
    const containers = pod.containers.map(({ name, pid, weight }): Group => ({
      path: `${path}/${containerHash(node, `${pod.id}:${name}`)}`,
      share: weight / weights,
      pids: [pid],
    }));
    const sandbox: Group = { path: `${path}/${containerHash(node, pod.id)}`, share: 0.0004, pids: [pod.pid] };
    return [sandbox, ...containers];
  });
  const leaves = [{ path: 'init', share: 0.02, pids: [1], least: 96 * MIB }, ...services, ...burstable.flat()];
  const sums = new Map<string, Group>();
  for (const leaf of leaves) {
    const parts = leaf.path.split('/');
    for (let depth = 1; depth < parts.length; depth += 1) {
      const path = parts.slice(0, depth).join('/');
      sums.set(path, { path, share: (sums.get(path)?.share ?? 0) + leaf.share, pids: [] });
    }
  }
  return [...sums.values(), ...leaves];
}

const pressure = (avg: number, total: number): string =>
  ['some', 'full']
    .map(
      (line, index) =>
        `${line} avg10=${(avg / (index + 1)).toFixed(2)} avg60=${(avg / 2).toFixed(2)} avg300=0.00 total=${Math.round(total / (index + 1))}\n`,
    )
    .join('');

function filesOf(
  node: VirtualNode,
  { path, share, pids, least }: Group,
  nowMs: number,
): Readonly<Record<string, string>> {
  const number = (low: number, high: number, what: string): number =>
    steadyInt(low, high, node.facts.seed, node.name, path, what);
  const current = Math.round((memoryUsedKb(node, nowMs) * 1024 * share) / PAGE) * PAGE;
  const busyUs = Math.round(cpuBusySeconds(node, nowMs) * node.profile.cpuCount * share * 1e6);
  const threads = pids.flatMap((pid) =>
    Array.from({ length: number(3, 14, `${pid} threads`) }, (_, index) => pid + index),
  );
  const lines = (all: readonly number[]): string => all.map((one) => `${one}\n`).join('');
  return {
    'cgroup.procs': lines(pids),
    'cgroup.threads': lines(threads),
    'cpu.max': 'max 100000\n',
    'cpu.weight': `${path.startsWith('kubepods') ? number(1, 79, 'weight') : 100}\n`,
    'cpu.weight.nice': '0\n',
    'cpu.stat': `usage_usec ${busyUs}\nuser_usec ${Math.round(busyUs * 0.7)}\nsystem_usec ${busyUs - Math.round(busyUs * 0.7)}\nnr_periods 0\nnr_throttled 0\nthrottled_usec ${number(0, 3, 'throttled') * 1_250}\n`,
    'cpu.pressure': pressure(number(0, 40, 'cpu psi') / 100, busyUs / 90),
    'cpuset.cpus': '\n',
    'cpuset.cpus.effective': `0-${node.profile.cpuCount - 1}\n`,
    'cpuset.mems': '\n',
    'cpuset.mems.effective': '0\n',
    'io.stat': `${DEVICE} rbytes=${number(1, 900, 'read') * MIB} wbytes=${number(1, 4_000, 'write') * MIB} rios=${number(100, 90_000, 'reads')} wios=${number(100, 400_000, 'writes')} dbytes=0 dios=0\n`,
    'io.pressure': pressure(number(0, 60, 'io psi') / 100, number(1, 80_000_000, 'io total')),
    'memory.current': `${current}\n`,
    'memory.peak': `${Math.round((current * 1.18) / PAGE) * PAGE}\n`,
    'memory.low': `${least === undefined ? 0 : least * 2}\n`,
    'memory.min': `${least ?? 0}\n`,
    'memory.high': 'max\n',
    'memory.max': `${path.split('/').length === 4 ? number(1, 8, 'limit') * 256 * MIB + current : 'max'}\n`,
    'memory.pressure': pressure(number(0, 9, 'memory psi') / 100, number(1, 900_000, 'memory total')),
    'memory.swap.current': '0\n',
    'memory.swap.peak': '0\n',
    'memory.swap.high': 'max\n',
    'memory.swap.max': 'max\n',
    'memory.zswap.current': '0\n',
    'memory.zswap.max': 'max\n',
    'memory.zswap.writeback': '1\n',
    'pids.current': `${threads.length}\n`,
    'pids.peak': `${threads.length + 4}\n`,
    'pids.max': 'max\n',
  };
}

/** Files the root of the tree has; limits it has none. */
const OF_ROOT: ReadonlySet<string> = new Set([
  ...['cgroup.procs', 'cgroup.threads', 'cpu.stat', 'cpu.pressure', 'io.stat', 'io.pressure', 'memory.pressure'],
  ...['cpuset.cpus.effective', 'cpuset.mems.effective'],
]);

function* cgroupFiles(node: VirtualNode, nowMs: number): Generator<KernelFile> {
  const root = filesOf(node, { path: '', share: 1, pids: [2] }, nowMs);
  for (const [file, text] of Object.entries(root)) if (OF_ROOT.has(file)) yield { path: file, text };
  for (const group of groupsOf(node)) {
    for (const [file, text] of Object.entries(filesOf(node, group, nowMs)))
      yield { path: `${group.path}/${file}`, text };
  }
}

/** What the kernel of a node shows below a folder; undefined for one that is no file system of the kernel here. */
export function kernelFiles(folder: string, node: VirtualNode, nowMs: number): Iterable<KernelFile> | undefined {
  if (folder === '/sys/fs/cgroup') return cgroupFiles(node, nowMs);
  if (folder !== '/sys/dev/block') return undefined;
  const { name } = node.profile.disk;
  return [{ path: DEVICE, text: `../../devices/pci0000:00/0000:00:1d.0/nvme/nvme0/${name}`, isLink: true }];
}
