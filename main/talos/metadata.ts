import { Metadata } from '@grpc/grpc-js';
import { Failed } from '../lib/failed.ts';
import { checkedNode } from './node-value.ts';

/** What decides the headers of a request. */
export interface RequestOrigin {
  /** The node that shall answer; without it the endpoint answers for itself. */
  readonly node?: string | undefined;
  /** The cluster of the context, sent as `context`: Omni routes by it. */
  readonly cluster?: string | undefined;
  /** `auth.basic` of the context. Only ever put into the header. */
  readonly basic?: { readonly username: string; readonly password: string } | undefined;
}

/**
 * The metadata of one request (docs/talos-behaviour.md §5.4). `node` is single-valued: one call per node. The header
 * `nodes` is never sent. Throws Failed `invalid` for a value that cannot be sent.
 */
export function requestMetadata(origin: RequestOrigin): Metadata {
  const metadata = new Metadata();
  metadata.set('runtime', 'Talos');
  if (origin.node !== undefined) metadata.set('node', checkedNode(origin.node));
  if (origin.cluster !== undefined && origin.cluster !== '') metadata.set('context', checkedCluster(origin.cluster));
  if (origin.basic !== undefined) metadata.set('authorization', basicCredential(origin.basic));
  return metadata;
}

/** Headers carry printable ASCII only; grpc-js throws a TypeError for the rest. */
function checkedCluster(cluster: string): string {
  if (/^[ -~]+$/.test(cluster)) return cluster;
  throw new Failed({
    code: 'invalid',
    message: 'The name of the cluster has a character that cannot be sent in a request.',
    hint: 'Give the field "cluster" of this context a name in plain ASCII.',
    where: { field: 'cluster' },
  });
}

function basicCredential(basic: { readonly username: string; readonly password: string }): string {
  return `Basic ${Buffer.from(`${basic.username}:${basic.password}`, 'utf8').toString('base64')}`;
}
