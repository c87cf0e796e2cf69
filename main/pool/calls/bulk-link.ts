import { Metadata, status as grpcStatus } from '@grpc/grpc-js';
import type { EndpointShell } from '../endpoint-shell.ts';
import type { Link } from '../link.ts';
import type { TryEnd } from './try-call.ts';

/**
 * The connection of an endpoint for transfers, once it is up; undefined if it does not come up, or if the signal came first.
 * Look with {@link isUsable} before using it: a promise lies between. Whoever calls this calls `bulk.done()` afterwards,
 * whatever came.
 */
export async function bulkLink(shell: EndpointShell, signal: AbortSignal): Promise<Link | undefined> {
  const stopped = new AbortController();
  try {
    const link = await Promise.race([shell.bulk.use(), aborted(signal, stopped.signal)]);
    return link === undefined || 'kind' in link ? undefined : link;
  } finally {
    stopped.abort();
  }
}

/** Whether a transfer may start on it now: the endpoint may have been ejected or switched off while it was made. */
export const isUsable = (shell: EndpointShell, link: Link | undefined): link is Link =>
  link?.isReady === true && shell.link !== undefined;

/** How a try ends whose own connection did not come up. */
export const neverSent = (cancelled: boolean): TryEnd => ({
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
