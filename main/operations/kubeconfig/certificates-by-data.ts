import { X509Certificate } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { CertificateFacts } from '../../../preload/contract/index.ts';
import { certificatesOf } from '../../kubeconfig/certificates.ts';
import type { UserFacts } from '../../kubeconfig/summary.ts';
import { certificateFacts } from '../../credentials/certificate-facts.ts';

/** Facts by the base64 they stand in; undefined where that holds no certificate. */
export type CertificatesByData = ReadonlyMap<string, CertificateFacts | undefined>;

/** Others have their turn after so many characters, some 20 ms. */
const READ_AT_ONCE = 128 * 1024;

/** Reads the client certificates of users, each text once however many share it, in turns with other events. */
export async function certificatesByData(users: Iterable<UserFacts>): Promise<CertificatesByData> {
  const facts = new Map<string, CertificateFacts | undefined>();
  let length = 0;
  for (const { signIn, certificateData } of users) {
    if (signIn !== 'certificate' || facts.has(certificateData)) continue;
    facts.set(certificateData, factsOf(certificateData));
    length += certificateData.length;
    if (length < READ_AT_ONCE) continue;
    length = 0;
    await setImmediate();
  }
  return facts;
}

/** Facts of the first certificate in a base64 field. */
export function factsOf(base64: string): CertificateFacts | undefined {
  const [certificate] = certificatesOf(base64);
  return certificate instanceof X509Certificate ? certificateFacts(certificate) : undefined;
}
