import { formatNumber } from '../../../../preload/contract/format/numbers.ts';
import type { NodesState, NodeSummary } from '../../../../preload/contract/index.ts';

/** Of all nodes in one message to the page, whose limit is 1 MiB; what was last seen of them comes on top. */
const MAX_BYTES = 640 * 1024;
/** Names of fields and short values of one node, as they are copied. */
const NODE_BYTES = 110;
const TEXT_BYTES = 6;

/** As many nodes as fit into one message, the context's own first, and a sentence when these are not all. */
export function fitNodes(
  nodes: readonly NodeSummary[],
  notes: readonly string[] = [],
): Pick<NodesState, 'nodes' | 'notes'> {
  let bytes = 0;
  const last = nodes.findIndex((node) => (bytes += bytesOf(node)) > MAX_BYTES);
  if (last < 0) return notes.length === 0 ? { nodes } : { nodes, notes };
  const cut = `Only ${formatNumber(last)} of ${formatNumber(nodes.length)} nodes are listed.`;
  return { nodes: nodes.slice(0, last), notes: [cut, ...notes] };
}

/** No less than it takes when it is copied. */
function bytesOf({ target, hostname = '', addresses, os = '' }: NodeSummary): number {
  return [target, hostname, os, ...addresses].reduce((sum, text) => sum + TEXT_BYTES + textBytes(text), NODE_BYTES);
}

/** Two for each sign: a name that was read from a text with one sign above U+00FF is copied like that, whatever its own signs. */
export const textBytes = (text: string): number => text.length * 2;
