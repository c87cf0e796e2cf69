import type { Metric } from '../../preload/contract/index.ts';
import { formatBytes, formatNumber, formatPercent } from './format.ts';

/** How values of a chart are written. */
export type MetricUnit = 'share' | 'load' | 'bytes' | 'bytes-per-second';

/** `41 %`, `1.25`, `3.2 GiB`, `12 MiB/s`. */
export function formatMetric(unit: MetricUnit, value: number): string {
  switch (unit) {
    case 'share':
      return value > 0 && value < 0.0995 ? `${formatNumber(Math.round(value * 1000) / 10)} %` : formatPercent(value);
    case 'load':
      return formatNumber(Math.round(value * 100) / 100);
    case 'bytes':
      return formatBytes(value);
    case 'bytes-per-second':
      return `${formatBytes(value)}/s`;
  }
}

/** One chart: a metric over nodes, or several of one node. */
export interface MetricChart {
  readonly id: string;
  readonly title: string;
  readonly unit: MetricUnit;
  /** The axis ends here at least. */
  readonly leastMax: number;
  readonly lines: readonly { readonly metric: Metric; readonly label: string }[];
}

/** Whether round figures of its axis are those of KiB and MiB. */
export const isInBytes = ({ unit }: MetricChart): boolean => unit === 'bytes' || unit === 'bytes-per-second';

/** Over nodes, each chart has one line for each node. */
export const CHARTS_OVER_NODES: readonly MetricChart[] = [
  { id: 'cpu', title: 'CPU', unit: 'share', leastMax: 1, lines: [{ metric: 'cpu', label: 'CPU' }] },
  { id: 'memory', title: 'Memory', unit: 'share', leastMax: 1, lines: [{ metric: 'memory', label: 'Memory' }] },
  { id: 'load', title: 'Load, 1 min', unit: 'load', leastMax: 1, lines: [{ metric: 'load1', label: 'Load' }] },
  {
    ...{ id: 'rx', title: 'Network, received', unit: 'bytes-per-second', leastMax: 1024 },
    lines: [{ metric: 'rxBytesPerSecond', label: 'received' }],
  },
  {
    ...{ id: 'tx', title: 'Network, sent', unit: 'bytes-per-second', leastMax: 1024 },
    lines: [{ metric: 'txBytesPerSecond', label: 'sent' }],
  },
  {
    ...{ id: 'read', title: 'Disk, read', unit: 'bytes-per-second', leastMax: 1024 },
    lines: [{ metric: 'readBytesPerSecond', label: 'read' }],
  },
  {
    ...{ id: 'write', title: 'Disk, written', unit: 'bytes-per-second', leastMax: 1024 },
    lines: [{ metric: 'writeBytesPerSecond', label: 'written' }],
  },
];

/** Of one node, each chart has its parts. */
export const CHARTS_OF_NODE: readonly MetricChart[] = [
  {
    ...{ id: 'cpu', title: 'CPU by mode', unit: 'share', leastMax: 1 },
    lines: [
      { metric: 'cpu', label: 'all' },
      { metric: 'cpuUser', label: 'user' },
      { metric: 'cpuSystem', label: 'system' },
      { metric: 'cpuNice', label: 'nice' },
      { metric: 'cpuIowait', label: 'iowait' },
      { metric: 'cpuIrq', label: 'irq' },
      { metric: 'cpuSteal', label: 'steal' },
    ],
  },
  {
    ...{ id: 'memory', title: 'Memory', unit: 'bytes', leastMax: 1 },
    lines: [
      { metric: 'memoryUsedBytes', label: 'used' },
      { metric: 'memoryTotalBytes', label: 'all' },
    ],
  },
  {
    ...{ id: 'load', title: 'Load', unit: 'load', leastMax: 1 },
    lines: [
      { metric: 'load1', label: '1 min' },
      { metric: 'load5', label: '5 min' },
      { metric: 'load15', label: '15 min' },
    ],
  },
  {
    ...{ id: 'network', title: 'Network', unit: 'bytes-per-second', leastMax: 1024 },
    lines: [
      { metric: 'rxBytesPerSecond', label: 'received' },
      { metric: 'txBytesPerSecond', label: 'sent' },
    ],
  },
  {
    ...{ id: 'disk', title: 'Disks', unit: 'bytes-per-second', leastMax: 1024 },
    lines: [
      { metric: 'readBytesPerSecond', label: 'read' },
      { metric: 'writeBytesPerSecond', label: 'written' },
    ],
  },
];
