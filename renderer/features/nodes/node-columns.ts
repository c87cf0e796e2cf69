import type { NodeSummary } from '../../../preload/contract/index.ts';
import type { TableColumn } from '../../components/table/table-model.ts';
import { nodeName, ROLE_WORD, talosVersion } from '../../lib/words.ts';

const ROLE_ORDER = { controlplane: 0, worker: 1, unknown: 2 } as const;

/** Where a node is known from, in words. */
const SOURCE_WORD = { discovered: 'discovered', context: 'context', typed: 'typed' } as const;

export const NODE_COLUMNS: readonly TableColumn<NodeSummary>[] = [
  { id: 'node', title: 'NODE', text: nodeName, isFixed: true, extraPx: 24 },
  { id: 'address', title: 'ADDRESS', text: (node) => node.addresses[0] ?? node.target, isMono: true },
  {
    id: 'role',
    title: 'ROLE',
    text: (node) => ROLE_WORD[node.role],
    sortBy: (node) => ROLE_ORDER[node.role],
    widthPx: 140,
  },
  { id: 'version', title: 'TALOS', text: (node) => talosVersion(node.os), isMono: true },
  { id: 'source', title: 'KNOWN FROM', text: (node) => node.sources.map((source) => SOURCE_WORD[source]).join(', ') },
  { id: 'addresses', title: 'ALL ADDRESSES', text: (node) => node.addresses.join(', '), isMono: true },
];

export const FIRST_HIDDEN: readonly string[] = ['addresses'];
