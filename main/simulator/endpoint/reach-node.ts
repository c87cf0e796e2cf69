import type { Clock } from '../../lib/clock.ts';
import { assertNever } from '../../lib/assert-never.ts';
import { connectionRefused, dialTimeout, handshakeTimeout, noSuchHost, untrustedNode } from './errors.ts';
import type { VirtualNode } from '../node/virtual-node.ts';

/**
 * Opens the endpoint's connection to a node, as far as its fault allows. Resolves when a call can be sent; throws what
 * the endpoint answers otherwise.
 */
export async function reach(node: VirtualNode, clock: Clock, wait: (delayMs: number) => Promise<void>): Promise<void> {
  if (node.stage === 'off' || node.apidIsDown) throw connectionRefused(node.address);
  const { fault } = node;
  if (fault === null) return;
  switch (fault.kind) {
    case 'down':
      throw connectionRefused(node.address);
    case 'black-hole':
    case 'frozen':
      if (!node.dial.inBackoff(clock.monotonic())) await wait(node.dial.remainingMs(clock.monotonic()));
      throw fault.kind === 'frozen' ? handshakeTimeout() : dialTimeout(node.address);
    case 'not-in-dns':
      throw noSuchHost(node.name);
    case 'maintenance':
      throw untrustedNode();
    case 'slow':
    case 'apid-restart':
    case 'daemon-down':
    case 'no-time-server':
    case 'etcd-alarm':
    case 'crowded':
    case 'archive':
    case 'snapshot-cut':
    case 'log-lines':
    case 'error':
    case 'hostile':
    case 'specs':
    case 'reset-mid-stream':
      return;
    default:
      return assertNever(fault);
  }
}
