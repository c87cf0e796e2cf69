import { status, type StatusObject } from '@grpc/grpc-js';
import type { Ending, WasSent } from './retry.ts';

/** What was seen of a call when grpc-js reported its status. */
export interface StatusFacts {
  readonly status: StatusObject;
  /** Response headers had arrived. */
  readonly headersSeen: boolean;
  /** The request got an HTTP/2 stream: from then on it may have left us. */
  readonly hadStream: boolean;
  /** The connection had already ended or gone away. */
  readonly connectionEnded: boolean;
  /** We cancelled it. */
  readonly cancelled: boolean;
}

const REFUSED = 'Stream refused by server';

/** Texts that grpc-js 1.14.7 itself writes when a stream ends without the server's status. */
const LOCAL_TEXTS = [
  /^Connection dropped$/,
  /^Call cancelled$/,
  /^Received RST_STREAM with code /,
  /^Stream refused by server$/,
  /^(read|write) E[A-Z]+/,
  /^Write (error:|failed with error) /,
];

const isLocalText = (details: string): boolean => LOCAL_TEXTS.some((text) => text.test(details));

/**
 * Tells the server's status from those that grpc-js makes up. A status without response headers carries the headers of
 * its trailers-only answer (at least the content type) if it is the server's, and no metadata at all if it is local. So
 * no server text, whatever it says, is taken for a local one before headers came.
 */
export function endingOf(facts: StatusFacts): { readonly ending: Ending; readonly wasSent: WasSent } {
  const { code, details, metadata } = facts.status;
  const local = Object.keys(metadata.getMap()).length === 0;
  const fromServer = facts.headersSeen ? !(local && (isLocalText(details) || lostLink(facts))) : !local;
  if (code === status.OK) return { ending: 'answered', wasSent: true };
  if (facts.cancelled) return { ending: 'cancelled', wasSent: facts.headersSeen ? true : 'unknown' };
  // We did not cancel: somebody on the way did. apid does so when it replaces its own connections to nodes.
  if (fromServer && code === status.CANCELLED) return { ending: 'lost', wasSent: true };
  if (fromServer) return { ending: 'answered', wasSent: true };
  if (code === status.DEADLINE_EXCEEDED) return { ending: 'deadline', wasSent: facts.headersSeen ? true : 'unknown' };
  // Too large, or bytes that are no gRPC message: the server did answer, asking another one would not help.
  if (code === status.RESOURCE_EXHAUSTED && details.startsWith('Received message larger')) {
    return { ending: 'answered', wasSent: true };
  }
  if (facts.headersSeen) return { ending: 'lost', wasSent: true };
  // REFUSED_STREAM, also implied by GOAWAY for later streams: HTTP/2 promises that nothing was processed.
  if (!facts.hadStream || details === REFUSED) return { ending: 'lost', wasSent: false };
  return { ending: 'lost', wasSent: 'unknown' };
}

const lostLink = (facts: StatusFacts): boolean => facts.connectionEnded && facts.status.code === status.UNAVAILABLE;
