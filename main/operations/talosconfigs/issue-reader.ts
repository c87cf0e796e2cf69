import { readClosedIdentity } from '../../credentials/closed-credentials.ts';
import type { Clock } from '../../lib/clock.ts';
import type { LeastPowerTools } from '../clusters/cluster.ts';
import type { ReaderCredentials } from '../clusters/least-power.ts';
import { issueCertificate, notAsAsked } from './issue-certificate.ts';

/** The shortest that is asked for in whole hours. */
const HOURS = 1;
const HOUR_MS = 3_600_000;

/** One that was made for another look at the same cluster is used as long as it lasts so much longer. */
const LASTS_MS = 16 * 60_000;

/**
 * Asks clusters for certificates of os:reader that last an hour, held in memory alone. Whoever looks at a cluster for a moment, and again
 * and again, gets the same one.
 */
export function issueReader({ now }: Pick<Clock, 'now'>): LeastPowerTools['issue'] {
  const made = new Map<string, ReaderCredentials>();
  return async (connection, { destination, nodes, signal }) => {
    const key = `${destination.credentials} ${destination.way}`;
    for (const [of, { endsMs }] of made) if (endsMs < now() + LASTS_MS) made.delete(of);
    const known = made.get(key);
    if (known !== undefined) return known;
    const context = destination.reading;
    const askedMs = now();
    const issued = await issueCertificate({
      ...{ connection, context, nodes, now, signal },
      ...{ roles: ['os:reader'], hours: HOURS },
    });
    const { certificate, node } = issued;
    const { crt, key: privateKey } = issued.credentials;
    // Whom we trust stays what the file says.
    const { identity } = readClosedIdentity({ ca: context.raw.ca, crt, key: privateKey }, now());
    if (identity === undefined) throw notAsAsked(destination.name, node, 'it cannot be used');
    // Its life begins when it is made, whatever time it is there: the clock of this computer may be another.
    const lifeMs = Math.min(HOURS * HOUR_MS, certificate.notAfterMs - certificate.notBeforeMs);
    const reader = { identity, certificate, endsMs: askedMs + lifeMs };
    made.set(key, reader);
    return reader;
  };
}
