import { TIMELINE_KINDS, type TimelineEntry, type TimelineKind } from '../../../preload/contract/index.ts';
import type { TimeLane, TimeMark } from '../../components/chart/time-marks.ts';
import type { TableColumn } from '../../components/table/table-model.ts';
import { csvCell } from '../../lib/csv-cell.ts';
import { formatClock, formatTime } from '../../lib/format.ts';
import { lastedWords } from '../../lib/lasted-words.ts';
import { showUnseen } from '../../lib/unseen-signs.ts';

/** How each kind is called. */
export const KIND_WORD: Readonly<Record<TimelineKind, string>> = {
  endpoint: 'Endpoint',
  node: 'Node',
  service: 'Service',
  etcd: 'etcd',
  cluster: 'Cluster',
  deed: 'Deed',
  resource: 'Resource',
};

/** A row of the axis for each kind. */
export const LANES: readonly TimeLane[] = TIMELINE_KINDS.map((id) => ({ id, label: KIND_WORD[id] }));

/** An entry with the name of its node, as it is shown. */
export interface TimelineRow extends TimelineEntry {
  readonly name: string;
}

/** An entry on the axis. */
export function markOf({ number, kind, atMs, endedAtMs, severity, title }: TimelineEntry): TimeMark {
  return {
    id: String(number),
    lane: kind,
    fromMs: atMs,
    toMs: endedAtMs,
    tone: severity,
    label: `${formatTime(atMs)} ${title}`,
  };
}

/** The columns of the list; `now` is asked while something lasts. */
export function timelineColumns(now: () => number): readonly TableColumn<TimelineRow>[] {
  return [
    {
      id: 'time',
      title: 'SINCE',
      text: ({ atMs }) => formatClock(atMs, now()),
      sortBy: ({ atMs }) => atMs,
      isMono: true,
      isFixed: true,
    },
    {
      ...{ id: 'lasted', title: 'LASTED', align: 'end' as const },
      text: (row) => lastedWords(row, now()),
      sortBy: ({ atMs, endedAtMs }) => (endedAtMs ?? now()) - atMs,
      widthPx: 130,
    },
    { id: 'kind', title: 'KIND', text: ({ kind }) => KIND_WORD[kind] },
    { id: 'node', title: 'NODE', text: ({ name }) => name },
    { id: 'what', title: 'WHAT HAPPENED', text: ({ title }) => showUnseen(title), extraPx: 24 },
    { id: 'why', title: 'WHY', text: ({ detail }) => showUnseen(detail ?? '') },
  ];
}

/** Entries as text: CSV with times in UTC. */
export function timelineCsv(rows: readonly TimelineRow[]): string {
  const moment = (atMs: number | undefined): string => (atMs === undefined ? '' : new Date(atMs).toISOString());
  const lines = rows.map(({ atMs, endedAtMs, kind, severity, name, subject, title, detail }) =>
    [moment(atMs), moment(endedAtMs), kind, severity, ...[name, subject, title, detail ?? ''].map(showUnseen)]
      .map(csvCell)
      .join(','),
  );
  return ['since,until,kind,severity,node,subject,what,why', ...lines, ''].join('\n');
}
