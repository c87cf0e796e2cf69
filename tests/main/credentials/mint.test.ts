import { createPrivateKey, X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { mintAuthority } from '../../../main/credentials/mint.ts';

describe('mintAuthority', () => {
  test('makes an Ed25519 leaf that its authority signed, with roles, one usage and its addresses', async () => {
    const authority = await mintAuthority('talos');

    const leaf = await authority.issue({
      commonName: 'cp-1',
      organizations: ['os:reader', 'os:admin'],
      eku: 'serverAuth',
      ipAddresses: ['127.0.0.2', '::1'],
      dnsNames: ['cp-1.example'],
    });

    const certificate = new X509Certificate(leaf.certPem);
    const ca = new X509Certificate(authority.certPem);
    expect(certificate.verify(ca.publicKey)).toBe(true);
    expect(certificate.checkIssued(ca)).toBe(true);
    expect(ca.ca).toBe(true);
    expect(certificate.publicKey.asymmetricKeyType).toBe('ed25519');
    expect(certificate.subject).toBe('O=os:reader\nO=os:admin\nCN=cp-1');
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(certificate.subjectAltName).toBe('IP Address:127.0.0.2, IP Address:0:0:0:0:0:0:0:1, DNS:cp-1.example');
    expect(certificate.checkPrivateKey(createPrivateKey(leaf.keyPem))).toBe(true);
  });

  test('labels the key as talosconfig does, around the same bytes', async () => {
    const { keyPem, talosKeyPem } = await (await mintAuthority('talos')).issue();

    expect(talosKeyPem.split('\n')[0]).toBe('-----BEGIN ED25519 PRIVATE KEY-----');
    expect(talosKeyPem.replaceAll('ED25519 ', '')).toBe(keyPem);
    expect(() => createPrivateKey(talosKeyPem)).toThrow();
  });

  test('keeps the validity it is given and leaves out the usage when asked', async () => {
    const notBeforeMs = Date.UTC(2026, 0, 1);
    const notAfterMs = Date.UTC(2026, 0, 2);

    const leaf = await (await mintAuthority('talos')).issue({ notBeforeMs, notAfterMs, eku: [] });

    const certificate = new X509Certificate(leaf.certPem);
    expect(certificate.validFromDate.getTime()).toBe(notBeforeMs);
    expect(certificate.validToDate.getTime()).toBe(notAfterMs);
    expect(certificate.keyUsage).toBeUndefined();
  });

  test.each(['ecdsa', 'rsa'] as const)('makes %s certificates for a user’s own PKI', async (keyAlgorithm) => {
    const authority = await mintAuthority('own', { keyAlgorithm });
    const leaf = await authority.issue({ keyAlgorithm });

    const certificate = new X509Certificate(leaf.certPem);
    expect(certificate.verify(new X509Certificate(authority.certPem).publicKey)).toBe(true);
    expect(certificate.publicKey.asymmetricKeyType).toBe(keyAlgorithm === 'rsa' ? 'rsa' : 'ec');
  });
});
