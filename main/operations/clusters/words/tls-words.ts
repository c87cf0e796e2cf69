import type { FailureParts } from '../../../lib/failed.ts';
import { explainTlsFailure, type TlsFailureSite } from '../../../credentials/tls-failure.ts';
import type { TlsSelfTestResult } from '../../../credentials/tls-self-test.ts';

/** Words for a failed connection. */
export type ExplainTls = (error: unknown, site: Omit<TlsFailureSite, 'selfTest'>) => FailureParts;

/**
 * Words for failed connections. The first failure starts the TLS self-test (once per app: it mints certificates, so not at
 * start-up); from then on a bare handshake failure can be told from a TLS library that refuses Ed25519.
 */
export function tlsWords(selfTest: () => Promise<TlsSelfTestResult>): ExplainTls {
  let result: TlsSelfTestResult | undefined;
  let isStarted = false;
  return (error, site) => {
    if (!isStarted) {
      isStarted = true;
      selfTest().then(
        (found) => {
          result = found;
        },
        () => undefined, // Without a result the words stay general.
      );
    }
    return explainTlsFailure(error, { ...site, selfTest: result });
  };
}
