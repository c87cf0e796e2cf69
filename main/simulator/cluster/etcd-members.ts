import { steadyHex } from '../wire/random.ts';
import type { VirtualNode } from '../node/virtual-node.ts';

/** The id of a node's etcd member, in hexadecimal: 64 bits, as etcd gives them. */
export const etcdMemberHex = (node: VirtualNode): string => steadyHex(16, node.facts.seed, node.name, 'etcd');

/** The same number in decimal, as a uint64 field takes it. */
export const etcdMemberId = (node: VirtualNode): string => String(BigInt(`0x${etcdMemberHex(node)}`));
