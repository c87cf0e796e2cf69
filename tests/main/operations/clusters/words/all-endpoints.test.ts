import { describe, expect, test } from 'vitest';
import { explainTlsFailure } from '../../../../../main/credentials/tls-failure.ts';
import { failure } from '../../../../../main/lib/failed.ts';
import { explainCall } from '../../../../../main/operations/clusters/words/call-failure.ts';
import { AllEndpointsDown, PoolCallError, type EndpointReason } from '../../../../../main/pool/calls/call-error.ts';

const NOW_MS = Date.UTC(2026, 2, 4);
const tls = (endpoint: string, code: string, notAfterMs = NOW_MS - 1000): EndpointReason => ({
  endpoint,
  failure: failure(
    explainTlsFailure(Object.assign(new Error(code), { code }), {
      endpoint,
      nowMs: NOW_MS,
      peer: {
        subject: '',
        issuer: 'O=talos',
        notBeforeMs: 0,
        notAfterMs,
        names: [`name-${code.length}.of.${endpoint.split('.').at(-1) ?? ''}.example`],
      },
    }),
  ),
});
const parts = { method: '/machine.MachineService/Version', methodClass: 'read', wasSent: false } as const;
const said = (...reasons: EndpointReason[]) =>
  explainCall(new AllEndpointsDown({ ...parts, reasons }), { node: 'worker-1' });

describe('when no endpoint can be used', () => {
  test.each([
    [
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'untrusted',
      'The certificate of each of the 3 endpoints is not signed by an authority that this context trusts.',
    ],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'untrusted', 'The certificate of each of the 3 endpoints does not name it.'],
    [
      'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
      'credentials',
      'Each of the 3 endpoints does not know the authority that issued the client certificate.',
    ],
    ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 'credentials', 'Each of the 3 endpoints refused the client certificate.'],
  ])('the one reason of all is said: %s', (code, expected, message) => {
    const failed = said(tls('10.0.0.1', code), tls('10.0.0.2', code), tls('10.0.0.3', code));

    expect([failed.code, failed.message]).toEqual([expected, message]);
    expect(failed.details?.split('\n')).toHaveLength(3);
    expect(failed.hint).not.toContain('10.0.0.1');
  });

  test('certificates that ended at different times ended all the same', () => {
    const failed = said(tls('10.0.0.1', 'CERT_HAS_EXPIRED', 1e12), tls('10.0.0.2', 'CERT_HAS_EXPIRED', 1.1e12));
    expect(failed.message).toBe('The certificate of each of the 2 endpoints expired.');
  });

  test('a refusal among endpoints out of reach is what is said', () => {
    const failed = said(tls('10.0.0.1', 'ECONNREFUSED'), tls('10.0.0.2', 'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE'));
    expect(failed).toMatchObject({
      code: 'credentials',
      message: 'None of the 2 endpoints can be used. 10.0.0.2 refused the client certificate.',
    });
  });

  test('endpoints that are out of reach are', () => {
    const failed = said(tls('10.0.0.1', 'ECONNREFUSED'), tls('10.0.0.2', 'ETIMEDOUT'));
    expect(failed).toMatchObject({ code: 'unreachable', message: 'None of the 2 endpoints can be reached.' });
  });

  test('one alone is told as it is', () => {
    expect(said(tls('10.0.0.1', 'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE')).message).toBe(
      '10.0.0.1 refused the client certificate.',
    );
  });
});

describe('a deadline', () => {
  const late = (reasons: EndpointReason[]) =>
    explainCall(
      new PoolCallError({ ...parts, cause: { kind: 'deadline' }, endpoint: '10.0.0.1', wasSent: true, reasons }),
      { node: 'worker-1' },
    );

  test('is no fault of a node when every endpoint fell silent', () => {
    const failed = late([tls('10.0.0.1', 'ETIMEDOUT'), tls('10.0.0.2', 'ETIMEDOUT')]);
    expect(failed).toMatchObject({
      code: 'timeout',
      message: 'No endpoint answers, so nothing is known about worker-1.',
    });
    expect(failed.hint).not.toMatch(/overloaded/);
  });

  test('is one of the node when an endpoint goes on answering', () => {
    expect(late([tls('10.0.0.1', 'ETIMEDOUT'), { endpoint: '10.0.0.2' }]).message).toBe(
      'worker-1 did not answer before the deadline.',
    );
  });
});
