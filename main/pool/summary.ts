import type { PoolStatus } from '../../preload/contract/index.ts';
import type { PeerFacts } from './channel-source.ts';
import { isUnreachable, readiness, type EndpointState } from './endpoint.ts';

/** One word for the whole pool. Endpoints switched off do not count, unless all are. */
export function summaryOf(states: readonly EndpointState[]): PoolStatus['summary'] {
  const on = states.filter((state) => readiness(state) !== 'off');
  const down = on.filter(isUnreachable).length;
  if (on.length === 0) return 'all-down';
  if (on.every(({ phase }) => phase === 'idle')) return 'idle';
  if (on.some((state) => readiness(state) === 'use' && !isUnreachable(state))) return down > 0 ? 'degraded' : 'ready';
  return down < on.length ? 'connecting' : 'all-down';
}

/** One endpoint and the certificate it showed. */
export interface SeenPeer {
  readonly endpoint: string;
  readonly peer: PeerFacts | undefined;
}

/** Advice about the list of endpoints, as sentences. */
export function hintsOf(seen: readonly SeenPeer[]): readonly string[] {
  const hints: string[] = [];
  if (seen.length === 1) {
    hints.push('Only one endpoint is listed: when it is down, nothing can be reached. List the other ones too.');
  }
  for (const [index, a] of seen.entries()) {
    const twin = seen.slice(index + 1).find((b) => a.peer && b.peer && sameCertificate(a.peer, b.peer));
    if (twin) {
      hints.push(
        `${a.endpoint} and ${twin.endpoint} lead to the same server: one of them may be a virtual address or a load ` +
          'balancer. List the servers themselves.',
      );
    }
  }
  return hints;
}

const sameCertificate = (a: PeerFacts, b: PeerFacts): boolean =>
  a.subject === b.subject &&
  a.notBeforeMs === b.notBeforeMs &&
  a.notAfterMs === b.notAfterMs &&
  a.names.join() === b.names.join();
