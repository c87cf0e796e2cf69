import type { Clock } from '../../lib/clock.ts';
import { channelCredentials } from '../../credentials/channel-credentials.ts';
import type { Identity } from '../../credentials/identity.ts';
import { createPool, poolProbe, type Pool } from '../../pool/pool.ts';
import type { LoadedProto } from '../../talos/load-proto.ts';
import { requestMetadata } from '../../talos/metadata.ts';
import { methodOf } from '../../talos/methods.ts';
import type { MethodPath } from '../../talos/method-types.ts';
import type { Destination } from './destination.ts';
import type { Explain } from './words/tls-words.ts';

/** What dialling needs beside a destination. */
export interface DialTools {
  /** Loaded when the first call is made. */
  readonly proto: () => LoadedProto;
  /** Words for TLS and network errors. */
  readonly explainTls: Explain;
  /** Where HTTPS_PROXY and NO_PROXY are looked up, at every dial. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
}

/**
 * A pool as it was dialled, and how many calls run on it: one that is replaced waits for them. Its {@link Cluster} closes
 * it.
 */
export class Dialled {
  readonly pool: Pool;
  /** Endpoints that refused to forward. */
  readonly notForwarding = new Set<string>();
  #running = 0;
  /** Calls of methods that may not run twice. */
  #changing = 0;
  #isClosed = false;
  readonly #waiting = new Set<() => void>();

  constructor(pool: Pool) {
    this.pool = pool;
  }

  /** True from when {@link close} was called. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Counts a call in; the function that comes back counts it out, once. */
  begin(path: MethodPath): () => void {
    const isChanging = methodOf(path)?.safety === 'once';
    this.#running += 1;
    if (isChanging) this.#changing += 1;
    return () => {
      this.#running -= 1;
      if (isChanging) this.#changing -= 1;
      if (this.#waiting.size > 0) this.#wake();
    };
  }

  /** Lets every call end, however long it takes, and closes the pool. Begin no new one. */
  async retireWhenUnused(): Promise<void> {
    await this.#until(() => this.#running === 0);
    await this.close();
  }

  /** Ends its reads; a call that may have changed something ends by itself, however long it takes. Begin no new one. */
  async retireAfterChanges(): Promise<void> {
    await this.#until(() => this.#changing === 0);
    await this.close();
  }

  /** Lets calls end for as long as the pool does, and closes it. Begin no new one. */
  async retire(): Promise<void> {
    await this.pool.retire();
    this.#isClosed = true;
    this.#wake();
  }

  /** Ends every call and connection. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#wake();
    await this.pool.close();
  }

  async #until(isOver: () => boolean): Promise<void> {
    while (!isOver() && !this.#isClosed) await new Promise<void>((resolve) => this.#waiting.add(resolve));
  }

  #wake(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }
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
  return new Dialled(pool);
}
