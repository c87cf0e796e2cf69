import { createHash } from 'node:crypto';
import type { Secret } from '../lib/secret.ts';

/** Credentials of a context as its file has them, closed. */
export interface ClosedCredentials {
  readonly ca?: Secret | undefined;
  readonly crt?: Secret | undefined;
  readonly key?: Secret | undefined;
}

/** A hash that differs when any of the credentials does; it tells nothing of them. */
export function credentialsStamp({ ca, crt, key }: ClosedCredentials): string {
  const parts = [ca, crt, key].map((secret) => secret?.reveal() ?? '');
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
