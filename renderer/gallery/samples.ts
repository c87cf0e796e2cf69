import type { Failure } from '../../preload/contract/index.ts';
import type { SegmentState } from '../components/segment.ts';
import type { TableColumn } from '../components/table/table-model.ts';

/** What the gallery shows the components with. */

export interface SampleRow {
  readonly name: string;
  readonly role: string;
  readonly cpuPercent: number;
}

export const ROWS: readonly SampleRow[] = Array.from({ length: 200 }, (_, n) => ({
  name: n < 3 ? `cp-${n + 1}` : `worker-${n - 2}`,
  role: n < 3 ? 'control plane' : 'worker',
  cpuPercent: (n * 37) % 100,
}));

export const COLUMNS: readonly TableColumn<SampleRow>[] = [
  { id: 'name', title: 'NODE', text: (row) => row.name, isFixed: true },
  { id: 'role', title: 'ROLE', text: (row) => row.role },
  { id: 'cpu', title: 'CPU (%)', text: (row) => String(row.cpuPercent), sortBy: (row) => row.cpuPercent, align: 'end' },
];

export const FAILURE: Failure = {
  code: 'unreachable',
  message: 'cp-2 refused the connection (10.5.0.3:50000).',
  hint: 'The other 2 endpoints answer. Check whether apid runs on cp-2.',
  where: { endpoint: '10.5.0.3', node: 'cp-2' },
  details: 'connect ECONNREFUSED 10.5.0.3:50000',
  retry: 'safe',
  traceId: '7c1f-22ab',
};

const STATES: readonly SegmentState[] = [
  'done',
  'done',
  'failed',
  'done',
  'cancelled',
  'running',
  'running',
  'waiting',
];

export const SEGMENTS = STATES.map((state, n) => ({ id: String(n), label: `node ${n}`, state }));

export const ROUND_TRIPS_MS: readonly number[] = [12, 11, 14, 11, 10, 10, 12, 31, 12, 11, 11, 10, 13, 11];
