import { unary, type AnswerContext, type AnswerEntry } from '../endpoint/answer.ts';
import { counter, cpuBusySeconds, cpuShare, memoryUsedKb } from '../node/machine-load.ts';
import { wave } from '../wire/random.ts';

/** What a processor does with a second on average: shares of busy time. */
const USER_SHARE = 0.68;
const SYSTEM_SHARE = 0.24;
const SOFT_IRQ_SHARE = 0.05;
const IOWAIT_SHARE = 0.03;

const SECTOR_BYTES = 512;

function cpuStat(busySeconds: number, uptimeSeconds: number) {
  return {
    user: busySeconds * USER_SHARE,
    system: busySeconds * SYSTEM_SHARE,
    soft_irq: busySeconds * SOFT_IRQ_SHARE,
    iowait: busySeconds * IOWAIT_SHARE,
    idle: Math.max(0, uptimeSeconds - busySeconds),
  };
}

function systemStat({ node, nowMs }: AnswerContext) {
  const now = nowMs();
  const { cpuCount } = node.profile;
  const uptimeSeconds = (now - node.bootedAtMs) / 1000;
  const busySeconds = cpuBusySeconds(node, now);
  const irqs = counter(node, now, 2_400 * cpuCount, 'irq');
  return {
    boot_time: String(Math.floor(node.bootedAtMs / 1000)),
    cpu_total: cpuStat(busySeconds * cpuCount, uptimeSeconds * cpuCount),
    cpu: Array.from({ length: cpuCount }, () => cpuStat(busySeconds, uptimeSeconds)),
    irq_total: String(irqs),
    context_switches: String(counter(node, now, 9_000 * cpuCount, 'switches')),
    process_created: String(counter(node, now, 6, 'forks')),
    process_running: String(1 + Math.round(cpuShare(node, now) * cpuCount)),
    process_blocked: '0',
    soft_irq_total: String(Math.floor(irqs * 0.7)),
    soft_irq: {
      timer: String(Math.floor(irqs * 0.3)),
      net_rx: String(Math.floor(irqs * 0.2)),
      sched: String(Math.floor(irqs * 0.1)),
      rcu: String(Math.floor(irqs * 0.1)),
    },
  };
}

function memory({ node, nowMs }: AnswerContext) {
  const total = node.profile.memoryKb;
  const used = memoryUsedKb(node, nowMs());
  const buffers = Math.round(total * 0.004);
  const cached = Math.round((total - used) * 0.55);
  const free = total - used - buffers - cached;
  const kb = (share: number): string => String(Math.round(total * share));
  return {
    memtotal: String(total),
    memfree: String(free),
    memavailable: String(free + Math.round(cached * 0.9)),
    buffers: String(buffers),
    cached: String(cached),
    active: String(Math.round(used * 0.6 + cached * 0.3)),
    inactive: String(Math.round(cached * 0.6)),
    activeanon: String(Math.round(used * 0.55)),
    activefile: String(Math.round(cached * 0.3)),
    inactivefile: String(Math.round(cached * 0.6)),
    dirty: kb(0.0001),
    anonpages: String(Math.round(used * 0.6)),
    mapped: kb(0.03),
    shmem: kb(0.002),
    slab: kb(0.02),
    sreclaimable: kb(0.012),
    sunreclaim: kb(0.008),
    kernelstack: kb(0.0009),
    pagetables: kb(0.001),
    commitlimit: kb(0.5),
    committedas: String(used * 2),
    vmalloctotal: '34359738367',
    vmallocused: kb(0.004),
    hugepagesize: '2048',
    directmap4k: kb(0.02),
    directmap2m: kb(0.9),
  };
}

function networkStats({ node, nowMs }: AnswerContext) {
  const now = nowMs();
  const perSecond = (node.role === 'worker' ? 2_600_000 : 700_000) * (0.3 + node.profile.busyness);
  const device = (name: string, share: number) => {
    const rxBytes = counter(node, now, perSecond * share, `${name} rx`);
    const txBytes = counter(node, now, perSecond * share * 0.8, `${name} tx`);
    return {
      name,
      rx_bytes: String(rxBytes),
      rx_packets: String(Math.floor(rxBytes / 900)),
      tx_bytes: String(txBytes),
      tx_packets: String(Math.floor(txBytes / 760)),
    };
  };
  const devices = [device('lo', 0.4), device('eth0', 1)];
  const sum = (key: 'rx_bytes' | 'rx_packets' | 'tx_bytes' | 'tx_packets'): string =>
    String(devices.reduce((total, each) => total + Number(each[key]), 0));
  const total = {
    rx_bytes: sum('rx_bytes'),
    rx_packets: sum('rx_packets'),
    tx_bytes: sum('tx_bytes'),
    tx_packets: sum('tx_packets'),
  };
  return { total, devices };
}

function diskStats({ node, nowMs }: AnswerContext) {
  const now = nowMs();
  const reads = counter(node, now, 22, 'disk reads');
  const writes = counter(node, now, node.role === 'controlplane' ? 180 : 75, 'disk writes');
  const stat = {
    read_completed: String(reads),
    read_sectors: String(reads * (32_768 / SECTOR_BYTES)),
    read_time_ms: String(Math.floor(reads * 0.3)),
    write_completed: String(writes),
    write_merged: String(Math.floor(writes * 0.4)),
    write_sectors: String(writes * (16_384 / SECTOR_BYTES)),
    write_time_ms: String(Math.floor(writes * 0.9)),
    io_time_ms: String(Math.floor(writes * 0.5)),
    io_time_weighted_ms: String(Math.floor(writes * 1.1)),
  };
  return { total: stat, devices: [{ name: node.profile.disk.name, ...stat }] };
}

function loadAverage({ node, nowMs }: AnswerContext) {
  const now = nowMs();
  const load = (behindMs: number): number => {
    const share = cpuShare(node, now - behindMs) * node.profile.cpuCount;
    return Math.round(share * (0.9 + 0.4 * wave(now, node.facts.seed, node.name, 'load')) * 100) / 100;
  };
  return { load1: load(0), load5: load(120_000), load15: load(420_000) };
}

/** How busy a node is. */
export const loadAnswers: readonly AnswerEntry[] = [
  unary('/machine.MachineService/LoadAvg', (_request, context) => ({ messages: [loadAverage(context)] })),
  unary('/machine.MachineService/SystemStat', (_request, context) => ({ messages: [systemStat(context)] })),
  unary('/machine.MachineService/Memory', (_request, context) => ({ messages: [{ meminfo: memory(context) }] })),
  unary('/machine.MachineService/NetworkDeviceStats', (_request, context) => ({ messages: [networkStats(context)] })),
  unary('/machine.MachineService/DiskStats', (_request, context) => ({ messages: [diskStats(context)] })),
];
