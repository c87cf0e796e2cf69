import type { Clock } from '../../lib/clock.ts';
import { channelCredentials } from '../../credentials/channel-credentials.ts';
import type { Identity } from '../../credentials/identity.ts';
import { createPool, poolProbe, type Pool } from '../../pool/pool.ts';
import type { LoadedProto } from '../../talos/load-proto.ts';
import { requestMetadata } from '../../talos/metadata.ts';
import { methodOf } from '../../talos/methods.ts';
import type { Destination } from './destination.ts';
import type { ExplainTls } from './words/tls-words.ts';

/** What dialling needs beside a destination. */
export interface DialTools {
  /** Loaded when the first call is made. */
  readonly proto: () => LoadedProto;
  /** Words for TLS and network errors. */
  readonly explainTls: ExplainTls;
  /** Where HTTPS_PROXY and NO_PROXY are looked up, at every dial. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
}

/** A pool as it was dialled. Its {@link Cluster} retires or closes it. */
export interface Dialled {
  readonly pool: Pool;
  /** What it was dialled by: what a call carries goes with the pool it goes over. */
  readonly destination: Destination;
  /** Endpoints that refused to forward, as it was seen so far. */
  readonly notForwarding: Set<string>;
}

/** Makes the pool of a destination; nothing is dialled before the first call. The only place where channels get their credentials. */
export function dial(destination: Destination, identity: Identity, tools: DialTools): Dialled {
  const { clock, random, proto, explainTls, env } = tools;
  const pool = createPool({
    endpoints: destination.endpoints,
    credentials: (_endpoint, hooks) => channelCredentials(identity, hooks),
    methodClass: (path) => methodOf(path)?.safety ?? 'once',
    probe: poolProbe({
      method: proto().method('/machine.MachineService/Version'),
      request: {},
      metadata: requestMetadata({ cluster: destination.cluster }),
      version: ({ messages }) => messages[0]?.version?.tag,
    }),
    probeFirst: true,
    clock,
    random,
    explain: (error, site) => explainTls(error, { ...site, client: destination.certificate }),
    proxy: { proxyUrl: destination.proxyUrl, env },
  });
  return { pool, destination, notForwarding: new Set() };
}
