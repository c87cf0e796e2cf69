import { createHash } from 'node:crypto';
import { dialledEndpoints, type CertificateFacts } from '../../../preload/contract/index.ts';
import { credentialsStamp } from '../../credentials/credentials-stamp.ts';
import type { Identity } from '../../credentials/identity.ts';
import { Failed } from '../../lib/failed.ts';
import type { ReadContext } from '../talosconfigs/context-reading.ts';
import type { Caller } from './caller.ts';

/**
 * What can be dialled as one cluster. Today that is a context of a talosconfig; a machine in maintenance mode and an Omni
 * cluster will be further kinds.
 */
export type Destination = ContextDestination;

/** A context as its file has it now. Holds no key that can be read: the {@link Identity} is closed. */
export interface ContextDestination {
  readonly kind: 'context';
  /** What the page calls it by; unique among all open files. */
  readonly id: string;
  /** Its name in its file, for sentences and command lines. */
  readonly name: string;
  /** The talosconfig it stands in. */
  readonly file: string;
  /** Would talosctl, started in a shell, read that file by itself? */
  readonly isFoundByTalosctl: boolean;
  /** As the user wrote them, in that order: in the file, or behind `--endpoints` of this start. */
  readonly endpoints: readonly string[];
  /** They are not those of the file. */
  readonly hasStartEndpoints: boolean;
  /** The context's own nodes. */
  readonly nodes: readonly string[];
  /** `cluster:` of the context: Omni routes by it. */
  readonly cluster: string | undefined;
  /** May hold a password. */
  readonly proxyUrl: string | undefined;
  /** Who we are there; missing when it cannot be dialled. */
  readonly identity: Identity | undefined;
  readonly certificate: CertificateFacts | undefined;
  /** Fingerprints of the certificates of its authority: what makes two destinations the same cluster. */
  readonly authorities: readonly string[];
  /** Fingerprint of where calls go: endpoints in any order, proxy, cluster. */
  readonly way: string;
  /** Fingerprint of who makes them; it holds no key. */
  readonly credentials: string;
  /** Why it cannot be dialled: Failed `credentials`. */
  readonly whyNot: () => Failed;
  /** The reading it was made from: the same object says that nothing changed. */
  readonly reading: ReadContext;
}

/** How talosctl is told to dial the same. */
export const placeForTalosctl = ({
  name,
  file,
  isFoundByTalosctl,
  endpoints,
  hasStartEndpoints,
}: Destination): Pick<Caller, 'context' | 'talosconfig' | 'endpoints'> => ({
  context: name,
  ...(!isFoundByTalosctl && { talosconfig: file }),
  ...(hasStartEndpoints && { endpoints }),
});

/** A context as something that can be dialled. */
export function contextDestination(reading: ReadContext, isFoundByTalosctl: boolean): ContextDestination {
  const { raw, summary, identity } = reading;
  const endpoints = dialledEndpoints(summary);
  return {
    kind: 'context',
    id: summary.id,
    name: raw.name,
    file: summary.file,
    isFoundByTalosctl,
    endpoints,
    hasStartEndpoints: summary.startEndpoints !== undefined,
    nodes: raw.nodes,
    cluster: raw.cluster,
    proxyUrl: raw.proxyUrl,
    identity,
    certificate: summary.certificate,
    authorities: summary.caFingerprints,
    way: fingerprint([[...endpoints].sort(), raw.cluster, raw.proxyUrl]),
    credentials: credentialsStamp(raw),
    whyNot: () => notDialable(reading),
    reading,
  };
}

/**
 * What became of a destination. `same`: nothing that connections depend on. `renewed`: another certificate of the same roles
 * for the same endpoints. `moved`: other endpoints, another proxy, other roles, or another cluster of Omni. `other`: it is
 * signed by another authority, so it is another cluster whatever it is called. `lost`: its credentials or endpoints are gone.
 */
export type DestinationChange = 'same' | 'renewed' | 'moved' | 'other' | 'lost';

/** What became of `before`. */
export function destinationChange(before: Destination, now: Destination): DestinationChange {
  // Also when it cannot be dialled any more: a certificate that has expired cuts off nothing that runs.
  if (isSameWay(before, now)) return 'same';
  // Nothing was ever dialled, so nothing has to end.
  if (before.identity === undefined) return 'moved';
  if (now.identity === undefined || (before.certificate && !now.certificate)) return 'lost';
  // While authorities are rotated, the list has the old one and the new one.
  if (!before.authorities.some((authority) => now.authorities.includes(authority))) return 'other';
  return before.way === now.way && rolesOf(before) === rolesOf(now) ? 'renewed' : 'moved';
}

const rolesOf = ({ certificate }: Destination): string => [...(certificate?.roles ?? [])].sort().join();

/** The same endpoints and credentials, whatever the names. */
export function isSameWay(a: Destination, b: Destination): boolean {
  return a.way === b.way && a.credentials === b.credentials;
}

function fingerprint(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

function notDialable({ summary }: ReadContext): Failed {
  const problem = summary.problems.find(({ severity }) => severity === 'error') ?? summary.problems[0];
  return new Failed({
    code: 'credentials',
    message: problem?.message ?? `The context ${summary.name} cannot be used.`,
    ...(problem?.hint !== undefined && { hint: problem.hint }),
    where: { context: summary.name, ...(problem?.field !== undefined && { field: problem.field }) },
  });
}
