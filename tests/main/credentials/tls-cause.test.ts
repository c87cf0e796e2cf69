import { describe, expect, test } from 'vitest';
import { codeOf, tlsCause } from '../../../main/credentials/tls-cause.ts';

const coded = (code: string, message = 'x'): Error => Object.assign(new Error(message), { code });

describe('tlsCause', () => {
  test.each([
    // What OpenSSL and BoringSSL make of the same alert.
    ['ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE', 'handshake-failure'],
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'handshake-failure'],
    ['ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE', 'client-refused'],
    ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 'client-refused'],
    ['ERR_SSL_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE', 'client-refused'],
    ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED', 'client-refused'],
    ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED', 'client-expired'],
    ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN', 'client-refused'],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'client-unknown-authority'],
    ['ERR_SSL_TLSV1_ALERT_ACCESS_DENIED', 'client-refused'],
    ['ERR_SSL_TLSV1_ALERT_DECRYPT_ERROR', 'client-refused'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'client-missing'],
    ['ERR_SSL_TLSV1_ALERT_CERTIFICATE_REQUIRED', 'client-missing'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'no-common-protocol'],
    ['ERR_SSL_TLSV1_ALERT_INSUFFICIENT_SECURITY', 'no-common-protocol'],
    ['ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL', 'not-http2'],
    ['ERR_SSL_NO_COMMON_SIGNATURE_ALGORITHMS', 'handshake-failure'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'unknown-authority'],
    ['CERT_REVOKED', 'server-invalid'],
    ['EHOSTUNREACH', 'no-route'],
    ['EACCES', 'blocked'],
    ['ENOTFOUND', 'no-such-host'],
    ['EAI_AGAIN', 'dns-failed'],
    ['EPIPE', 'reset'],
    ['toString', 'unknown'],
  ])('reads the code %s as %s', (code, cause) => {
    expect(tlsCause(coded(code))).toBe(cause);
  });

  test('reads the number of an alert whose name it does not know', () => {
    expect(tlsCause(coded('ERR_SSL_NEW_NAME', 'error:0A:SSL routines::some words:SSL alert number 45'))).toBe(
      'client-expired',
    );
  });

  test.each([
    ['No connection established. Last error: Error: connect ECONNREFUSED 127.0.0.1:55009 (2026-…)', 'refused'],
    ['Name resolution failed for target dns:cp-1: getaddrinfo ENOTFOUND cp-1', 'no-such-host'],
    ['No connection established. Last error: Failed to connect (2026-…)', 'unknown'],
  ])('finds a code in what grpc-js leaves of an error: %s', (text, cause) => {
    expect(tlsCause(text)).toBe(cause);
    expect(tlsCause(new Error(text))).toBe(cause);
  });

  test('takes the first of the errors of several addresses', () => {
    const error = new AggregateError([coded('ECONNREFUSED'), coded('ENETUNREACH')]);

    expect(tlsCause(error)).toBe('refused');
    expect(codeOf(error)).toBe('ECONNREFUSED');
  });

  test.each([undefined, null, 42, {}, new Error('?')])('does not know %s', (value) => {
    expect(tlsCause(value)).toBe('unknown');
  });
});
