import { Metadata, status as grpcStatus } from '@grpc/grpc-js';
import type { Connection, Connections } from '../connections.ts';
import type { EndpointShell } from '../endpoint-shell.ts';
import type { Link } from '../link.ts';
import type { TryEnd } from './try-call.ts';

/** What {@link overBulk} needs. */
export interface BulkCall<Item> {
  /** Where the call was to run. */
  readonly found: Connection;
  readonly signal: AbortSignal;
  readonly connections: Pick<Connections, 'isEnding'>;
  readonly run: (over: Connection) => AsyncGenerator<Item, TryEnd, undefined>;
}

/** One try of a call over the connection of its endpoint for transfers, which is made first. Returns how the try ended. */
export async function* overBulk<Item>(call: BulkCall<Item>): AsyncGenerator<Item, TryEnd, undefined> {
  const { shell } = call.found;
  try {
    const link = await bulkLink(shell, call.signal);
    // A promise lies between: the endpoint may have been ejected or switched off while the connection was made.
    const isUsable = link?.isReady === true && shell.link !== undefined && !call.connections.isEnding;
    if (!isUsable || call.signal.aborted) return neverSent(call.signal.aborted);
    return yield* call.run({ shell, link });
  } finally {
    shell.bulk.done();
  }
}

/** Undefined if it does not come up, or if the signal came first. Whoever calls this calls `bulk.done()`, whatever came. */
async function bulkLink(shell: EndpointShell, signal: AbortSignal): Promise<Link | undefined> {
  const stopped = new AbortController();
  try {
    const link = await Promise.race([shell.bulk.use(), aborted(signal, stopped.signal)]);
    return link === undefined || 'kind' in link ? undefined : link;
  } finally {
    stopped.abort();
  }
}

/** How a try ends whose own connection did not come up. */
const neverSent = (cancelled: boolean): TryEnd => ({
  ending: cancelled ? 'cancelled' : 'lost',
  wasSent: false,
  status: { code: grpcStatus.UNAVAILABLE, details: 'no connection for the transfer', metadata: new Metadata() },
});

/** Resolves when the signal aborts; listens no longer once nobody waits. */
function aborted(signal: AbortSignal, noLonger: AbortSignal): Promise<undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  if (signal.aborted) resolve(undefined);
  signal.addEventListener(
    'abort',
    () => {
      resolve(undefined);
    },
    { once: true, signal: noLonger },
  );
  return promise;
}
