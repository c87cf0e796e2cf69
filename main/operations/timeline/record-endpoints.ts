import type { EndpointStatus, PoolStatus } from '../../../preload/contract/index.ts';
import type { Timeline } from './timeline.ts';

const KEY = 'endpoint ';

/** Endpoints that fell silent, refused or were switched off, since the first failure of those that last; and when they were back. */
export function recordEndpoints(timeline: Timeline, { endpoints }: PoolStatus, nowMs: number): void {
  for (const status of endpoints) recordEndpoint(timeline, status, nowMs);
  const known = new Set(endpoints.map(({ endpoint }) => KEY + endpoint));
  for (const key of timeline.openKeys(KEY)) if (!known.has(key.replace(/ off$/, ''))) timeline.end(key, nowMs);
}

function recordEndpoint(timeline: Timeline, status: EndpointStatus, nowMs: number): void {
  const { endpoint, phase, sinceMs, downSinceMs, failure } = status;
  const key = KEY + endpoint;
  const shared = { kind: 'endpoint', subject: endpoint } as const;
  const off = `${key} off`;
  if (phase === 'disabled') {
    const title = `Endpoint ${endpoint} was switched off here`;
    if (!timeline.isOpen(off)) timeline.begin(off, { ...shared, severity: 'info', title, atMs: sinceMs });
    timeline.end(key, sinceMs);
    return;
  }
  timeline.end(off, sinceMs);
  if (downSinceMs !== undefined && failure !== undefined) {
    const title = `Endpoint ${endpoint} does not answer`;
    timeline.begin(key, { ...shared, severity: 'bad', title, detail: failure.message, atMs: downSinceMs });
  } else if (downSinceMs === undefined && phase === 'ready') {
    timeline.end(key, Math.min(sinceMs, nowMs));
  }
}
