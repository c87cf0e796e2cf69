import { describe, expect, test } from 'vitest';
import type { PeerCertificate } from '../../../main/credentials/peer-certificate.ts';
import { explainTlsFailure, type TlsFailureSite } from '../../../main/credentials/tls-failure.ts';

const NOW_MS = Date.UTC(2026, 2, 4, 10, 0);
const DAY_MS = 86_400_000;

const peer = (parts: Partial<PeerCertificate> = {}): PeerCertificate => ({
  subject: '',
  issuer: 'O=talos',
  notBeforeMs: NOW_MS - DAY_MS,
  notAfterMs: NOW_MS + DAY_MS,
  names: ['10.0.0.2'],
  ...parts,
});
const explain = (code: string, site: Partial<TlsFailureSite> = {}) =>
  explainTlsFailure(Object.assign(new Error(code), { code }), { endpoint: 'cp-1', nowMs: NOW_MS, ...site });

describe('an endpoint that is something else', () => {
  test.each<[string, Partial<PeerCertificate>]>([
    ['its names', { issuer: 'CN=kubernetes', names: ['10.96.0.1', 'kubernetes.default.svc'] }],
    ['its subject', { subject: 'O=kube-master, CN=kube-apiserver', issuer: 'O=kubernetes' }],
    ['its issuer', { issuer: 'CN=k3s-server-ca@1700000000' }],
    ['its issuer', { issuer: 'OU=openshift, CN=kubernetes-ca' }],
  ])('is a Kubernetes API server by %s, and its issuer is named', (_by, parts) => {
    const failure = explain('UNABLE_TO_VERIFY_LEAF_SIGNATURE', { peer: peer(parts) });

    expect(failure.code).toBe('untrusted');
    expect(failure.message).toBe(
      `cp-1 is a Kubernetes API server, not a Talos API: its certificate was issued by ${parts.issuer ?? ''}.`,
    );
    expect(failure.hint).toContain('50000');
  });

  test.each([
    "C=US, O=Let's Encrypt, CN=R3",
    'CN=TRAEFIK DEFAULT CERT',
    'O=Acme Co, CN=Kubernetes Ingress Controller Fake Certificate',
  ])('ends TLS itself: the issuer %s is named', (issuer) => {
    const failure = explain('UNABLE_TO_GET_ISSUER_CERT_LOCALLY', { peer: peer({ issuer, names: ['lb.example'] }) });

    expect(failure.message).toContain(`issued by ${issuer}`);
    expect(failure.message).not.toContain('Kubernetes API server');
    expect(failure.hint).toContain('load balancer');
  });

  test.each([undefined, peer(), peer({ issuer: '' })])('stays another Talos cluster where the issuer is %j', (seen) => {
    expect(explain('SELF_SIGNED_CERT_IN_CHAIN', { peer: seen }).message).toBe(
      'The certificate of cp-1 is not signed by an authority that this context trusts.',
    );
  });

  test('cannot fill the screen with a name', () => {
    const failure = explain('CERT_UNTRUSTED', { peer: peer({ issuer: `CN=${'x'.repeat(400)}` }) });
    expect(failure.message.length).toBeLessThan(400);
  });
});

describe('dates', () => {
  test('of the server’s own certificate are told apart from those of its authority', () => {
    expect(explain('CERT_HAS_EXPIRED', { peer: peer({ notAfterMs: NOW_MS - DAY_MS }) }).message).toBe(
      'The certificate of cp-1 expired on 2026-03-03 10:00 UTC.',
    );
    expect(explain('CERT_NOT_YET_VALID', { peer: peer({ notBeforeMs: NOW_MS + DAY_MS }) }).message).toBe(
      'The certificate of cp-1 is not valid yet, only from 2026-03-05 10:00 UTC.',
    );
    expect(explain('CERT_HAS_EXPIRED', { peer: peer() }).message).toBe(
      'The authority that issued the certificate of cp-1 has expired.',
    );
    expect(explain('CERT_NOT_YET_VALID', { peer: peer() }).message).toBe(
      'The authority that issued the certificate of cp-1 is not valid yet.',
    );
  });

  test.each(['ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED', 'MINOS_TLS_CLOSED_AFTER_HANDSHAKE'])(
    'of our certificate say whether it is too old or too new: %s',
    (code) => {
      const words = (notBeforeMs: number, notAfterMs: number): string => {
        const { message, hint } = explain(code, { client: { notBeforeMs, notAfterMs } });
        return `${message} ${hint ?? ''}`;
      };
      expect(words(NOW_MS - 9 * DAY_MS, NOW_MS - DAY_MS)).toContain('expired on 2026-03-03 10:00 UTC');
      expect(words(NOW_MS + DAY_MS, NOW_MS + 9 * DAY_MS)).toContain('valid only from 2026-03-05 10:00 UTC');
      expect(words(NOW_MS + DAY_MS, NOW_MS + 9 * DAY_MS)).not.toContain('expired');
      expect(words(NOW_MS - DAY_MS, NOW_MS + DAY_MS)).not.toMatch(/expired on|only from/);
    },
  );
});

describe('an endpoint on this computer', () => {
  test.each(['127.0.0.1', 'localhost:50000', '[::1]:50000'])('is said to be one: %s', (endpoint) => {
    for (const code of ['ECONNREFUSED', 'ETIMEDOUT', 'ECONNRESET', 'ERR_SSL_WRONG_VERSION_NUMBER']) {
      const { hint } = explain(code, { endpoint });
      expect(hint).toContain(`${endpoint} is your own computer`);
      expect(hint).not.toContain('The machine is up');
    }
    expect(explain('ECONNREFUSED', { endpoint: '10.0.0.2' }).hint).not.toContain('your own computer');
  });
});
