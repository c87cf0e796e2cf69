import { createHash } from 'node:crypto';
import type { ClosedCredentials } from './closed-credentials.ts';

/** A hash that differs when any of the credentials does; it tells nothing of them. */
export function credentialsStamp({ ca, crt, key }: ClosedCredentials): string {
  const parts = [ca, crt, key].map((secret) => secret?.reveal() ?? '');
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
