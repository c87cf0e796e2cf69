import { steady, steadyHex, steadyInt, steadyPick, steadyUuid } from '../wire/random.ts';
import type { MachineDisk } from './machine-disk.ts';
import type { NodeFacts } from './node-facts.ts';

/** The hardware of a node: follows from the seed and its name alone. */
export interface MachineProfile {
  readonly cpuCount: number;
  readonly cpuModel: string;
  readonly cpuVendor: string;
  readonly memoryKb: number;
  /** The one Talos runs from. */
  readonly disk: MachineDisk;
  readonly hardwareAddress: string;
  readonly uuid: string;
  readonly machineId: string;
  readonly manufacturer: string;
  readonly product: string;
  readonly serial: string;
  /** How busy the node is on average, 0 to 1. */
  readonly busyness: number;
}

const CPUS = [
  { model: 'AMD EPYC 7443P 24-Core Processor', vendor: 'AuthenticAMD' },
  { model: 'Intel(R) Xeon(R) E-2388G CPU @ 3.20GHz', vendor: 'GenuineIntel' },
  { model: 'Intel(R) Xeon(R) Silver 4314 CPU @ 2.40GHz', vendor: 'GenuineIntel' },
];

const GIB_IN_KB = 1024 * 1024;

/** Linux never shows all of the memory that is built in. */
const USABLE_SHARE = 0.974;

/** Derives the hardware; control planes are smaller than workers. */
export function machineProfile(node: NodeFacts): MachineProfile {
  const { seed, name } = node;
  const worker = node.role === 'worker';
  const cpu = steadyPick(CPUS, seed, name, 'cpu');
  const gib = worker ? steadyPick([32, 64, 128], seed, name, 'memory') : steadyPick([8, 16], seed, name, 'memory');
  const terabytes = worker ? steadyPick([1, 2, 4], seed, name, 'disk') : 0.5;
  const macTail = steadyHex(6, seed, name, 'mac').match(/../g) ?? [];
  return {
    cpuCount: worker ? steadyPick([8, 16, 32], seed, name, 'cpus') : steadyPick([4, 8], seed, name, 'cpus'),
    cpuModel: cpu.model,
    cpuVendor: cpu.vendor,
    memoryKb: Math.round(gib * GIB_IN_KB * USABLE_SHARE),
    disk: node.disks?.[0] ?? {
      name: 'nvme0n1',
      bytes: Math.round(terabytes * 1e12),
      model: 'SAMSUNG MZQL21T9HCJR-00A07',
      serial: `S64GNE0R${String(steadyInt(100_000, 999_999, seed, name, 'disk-serial'))}`,
    },
    hardwareAddress: ['02', '42', 'ac', ...macTail].join(':'),
    uuid: steadyUuid(seed, name, 'machine'),
    machineId: steadyHex(32, seed, name, 'machine-id'),
    manufacturer: 'Supermicro',
    product: worker ? 'AS -1114S-WN10RT' : 'SYS-510T-MR',
    serial: `S${steadyHex(11, seed, name, 'serial').toUpperCase()}`,
    busyness: (worker ? 0.15 : 0.08) + 0.5 * steady(seed, name, 'busy') ** 2,
  };
}
