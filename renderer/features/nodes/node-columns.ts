import type { NodeSummary } from '../../../preload/contract/index.ts';
import type { TableColumn } from '../../components/table/table-model.ts';
import { formatPercent, formatTime } from '../../lib/format.ts';
import { kubernetesWords, mayGoDownWords, statusWords, uptimeWords, volumeWords } from '../../lib/health-words.ts';
import { nodeName, ROLE_WORD, talosVersion } from '../../lib/words.ts';
import { ROLE_ORDER, type NodeRow } from '../../state/health/node-row.ts';

const ANSWER_ORDER = { yes: 0, no: 1, unknown: 2 } as const;

/** Where a node is known from, in words. */
const SOURCE_WORD = { discovered: 'discovered', context: 'context', typed: 'typed' } as const;

/** What the columns need beside a row. */
export interface ColumnsOptions {
  /** Epoch milliseconds; for words that a copy or a tooltip has, so it need not be tracked. */
  readonly now: () => number;
  /** Where a row stands when the worst come first. */
  readonly rankOf: (row: NodeRow) => number;
}

/** What a filter searches: who a node is, as opposed to how it is, for which there are chips. */
export const IDENTITY_COLUMNS: readonly TableColumn<NodeSummary>[] = [
  { id: 'node', title: 'NODE', text: nodeName },
  { id: 'role', title: 'ROLE', text: (node) => ROLE_WORD[node.role] },
  { id: 'version', title: 'TALOS', text: (node) => talosVersion(node.os) },
  { id: 'addresses', title: 'ALL ADDRESSES', text: (node) => [node.target, ...node.addresses].join(' ') },
  { id: 'source', title: 'KNOWN FROM', text: (node) => sourceWords(node) },
];

/** The columns of the list of nodes: what tells whether to act comes first. */
export function nodeColumns({ now, rankOf }: ColumnsOptions): readonly TableColumn<NodeRow>[] {
  return [
    { id: 'node', title: 'NODE', text: ({ node }) => nodeName(node), isFixed: true, extraPx: 44 },
    {
      id: 'status',
      title: 'STATUS',
      text: ({ health }) => statusWords(health, now()),
      sortBy: rankOf,
      widthPx: 208,
    },
    {
      id: 'seen',
      title: 'SEEN',
      text: ({ health }) => (health?.seenAtMs === undefined ? '' : formatTime(health.seenAtMs)),
      // The longest ago first.
      sortBy: ({ health }) => health?.seenAtMs,
      widthPx: 124,
    },
    { id: 'cpu', title: 'CPU', ...figure(({ health }) => health?.cpu?.fraction) },
    { id: 'memory', title: 'MEMORY', ...figure(({ health }) => health?.memory?.fraction) },
    {
      id: 'disk',
      title: 'DISK',
      ...figure(({ health }) => health?.disk?.fraction),
      text: ({ health }) => (health?.disk ? volumeWords(health.disk) : ''),
    },
    { id: 'kubernetes', title: 'KUBERNETES', text: ({ health }) => kubernetesWords(health), widthPx: 112 },
    {
      id: 'may-go-down',
      title: 'MAY IT GO DOWN NOW?',
      text: ({ health }) => mayGoDownWords(health),
      sortBy: ({ health }) => ANSWER_ORDER[health?.mayGoDown.answer ?? 'unknown'],
      widthPx: 220,
    },
    {
      id: 'uptime',
      title: 'UPTIME',
      text: ({ health }) => uptimeWords(health, now()),
      sortBy: ({ health }) => (health?.bootedAtMs === undefined ? undefined : -health.bootedAtMs),
      align: 'end',
      widthPx: 104,
    },
    {
      id: 'role',
      title: 'ROLE',
      text: ({ node }) => ROLE_WORD[node.role],
      sortBy: ({ node }) => ROLE_ORDER[node.role],
      widthPx: 128,
    },
    {
      id: 'version',
      title: 'TALOS',
      text: ({ node, health }) => talosVersion(health?.version ?? node.os),
      isMono: true,
      widthPx: 92,
    },
    { id: 'address', title: 'ADDRESS', text: ({ node }) => node.addresses[0] ?? node.target, isMono: true },
    { id: 'source', title: 'KNOWN FROM', text: ({ node }) => sourceWords(node) },
    { id: 'addresses', title: 'ALL ADDRESSES', text: ({ node }) => node.addresses.join(', '), isMono: true },
  ];
}

/** Columns that are not shown at first. */
export const FIRST_HIDDEN: readonly string[] = ['source', 'addresses'];

function figure(
  fractionOf: (row: NodeRow) => number | undefined,
): Pick<TableColumn<NodeRow>, 'text' | 'sortBy' | 'align' | 'widthPx'> {
  return {
    text: (row) => {
      const fraction = fractionOf(row);
      return fraction === undefined ? '' : formatPercent(fraction);
    },
    // Unlike words, what is compared by a figure is looked for at the upper end.
    sortBy: (row) => {
      const fraction = fractionOf(row);
      return fraction === undefined ? undefined : -fraction;
    },
    align: 'end',
    widthPx: 98,
  };
}

function sourceWords({ sources }: NodeSummary): string {
  return sources.map((source) => SOURCE_WORD[source]).join(', ');
}
