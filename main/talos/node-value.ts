import { isIPv6 } from 'node:net';
import { Failed } from '../lib/failed.ts';
import { visible } from '../lib/visible.ts';

/** The longest host name DNS allows. */
const MAX_NODE_LENGTH = 253;

/**
 * Checks a value for the `node` header and returns it. The endpoint dials it at port 50000 and brackets an IPv6 address
 * itself, so a port, brackets or a scheme are refused there as `invalid target` (docs/talos-behaviour.md §5.2, §7.3); a
 * comma would make two values of one. Throws Failed `invalid`.
 */
export function checkedNode(node: string): string {
  const problem = problemOf(node);
  if (problem === undefined) return node;
  throw new Failed({
    code: 'invalid',
    message: `${node === '' ? 'An empty text' : `"${shortened(node)}"`} is not a node: ${problem}.`,
    hint: 'Write the host name or the address alone, as the endpoint knows it: cp-1, 10.5.0.2 or 2001:db8::1.',
    where: { field: 'node' },
  });
}

function problemOf(node: string): string | undefined {
  if (node === '') return 'a node has a name or an address';
  if (node.length > MAX_NODE_LENGTH) return `it has more than ${MAX_NODE_LENGTH} characters`;
  if (!/^[!-~]+$/.test(node)) return 'it has a space or a character outside ASCII';
  if (node.includes(',')) return 'it has a comma, and one request goes to one node';
  if (node.includes('/')) return 'it looks like a URL';
  if (/[[\]]/.test(node)) return 'an IPv6 address is written without brackets and without a port';
  if (node.includes(':') && !isIPv6(node)) return 'it has a port, and nodes always answer on port 50000';
  return undefined;
}

function shortened(text: string): string {
  return visible(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
