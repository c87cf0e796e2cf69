import {
  mintAuthority,
  type AuthorityOptions,
  type LeafOptions,
  type MintedAuthority,
  type MintedLeaf,
} from '../../../main/credentials/mint.ts';
import type { IdentityFields } from '../../../main/credentials/read-identity.ts';

export const HOUR_MS = 3_600_000;

/** A cluster's certificates, made for one test file. */
export interface ClusterPki {
  readonly authority: MintedAuthority;
  /** Same subject, other key: what regenerated secrets look like. */
  readonly regenerated: MintedAuthority;
  readonly server: MintedLeaf;
  readonly admin: MintedLeaf;
  readonly issueServer: (options?: LeafOptions) => Promise<MintedLeaf>;
}

export async function clusterPki(options: AuthorityOptions = {}): Promise<ClusterPki> {
  const authority = await mintAuthority('talos', options);
  const issueServer = (leaf: LeafOptions = {}): Promise<MintedLeaf> =>
    authority.issue({ eku: 'serverAuth', ipAddresses: ['127.0.0.1'], ...leaf });
  return {
    authority,
    regenerated: await mintAuthority('talos', options),
    server: await issueServer(),
    admin: await authority.issue({ organizations: ['os:admin'] }),
    issueServer,
  };
}

export const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** The three fields as a talosconfig has them. */
export function contextFields(ca: MintedAuthority | readonly MintedAuthority[], leaf?: MintedLeaf): IdentityFields {
  const bundle = [ca].flat().map((one) => one.certPem);
  return {
    ca: base64(bundle.join('')),
    ...(leaf && { crt: base64(leaf.certPem), key: base64(leaf.talosKeyPem) }),
  };
}

/** Lines of a key's base64 body: what must never be seen. */
export const keyBytes = (leaf: MintedLeaf): readonly string[] =>
  leaf.keyPem.split('\n').filter((line) => line !== '' && !line.startsWith('-----'));
