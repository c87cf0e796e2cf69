import { wave, waveSeconds } from '../wire/random.ts';
import type { VirtualNode } from './virtual-node.ts';

/*
 * How busy a node is, at a moment and in total since its boot. All counters of a node come from here, so that rates,
 * loads and totals agree with each other and totals never shrink.
 */

/** Share of all processors in use now, 0 to 1. */
export function cpuShare(node: VirtualNode, nowMs: number): number {
  return node.profile.busyness * (0.4 + 1.2 * wave(nowMs, node.facts.seed, node.name, 'cpu'));
}

/** Seconds of use of one processor since the boot. */
export function cpuBusySeconds(node: VirtualNode, nowMs: number): number {
  const { bootedAtMs, profile } = node;
  const uptimeSeconds = (nowMs - bootedAtMs) / 1000;
  const waves = waveSeconds(bootedAtMs, nowMs, node.facts.seed, node.name, 'cpu');
  return Math.max(0, profile.busyness * (0.4 * uptimeSeconds + 1.2 * waves));
}

/** A counter that grows by `perSecond` on average, faster and slower like its name. */
export function counter(node: VirtualNode, nowMs: number, perSecond: number, name: string): number {
  const { bootedAtMs } = node;
  const uptimeSeconds = (nowMs - bootedAtMs) / 1000;
  const waves = waveSeconds(bootedAtMs, nowMs, node.facts.seed, node.name, name);
  return Math.max(0, Math.floor(perSecond * (0.5 * uptimeSeconds + waves)));
}

/** Memory in use now, in kB. */
export function memoryUsedKb(node: VirtualNode, nowMs: number): number {
  const { memoryKb, busyness } = node.profile;
  const { memoryShare } = node.ills;
  if (memoryShare !== undefined) return Math.round(memoryKb * memoryShare);
  return Math.round(memoryKb * (0.18 + 0.45 * busyness + 0.06 * wave(nowMs, node.facts.seed, node.name, 'memory')));
}
