import { expect, test } from 'vitest';
import { errorCode, explainTransport, noRouteHint, type TransportStage } from '../../../main/pool/transport-failure.ts';

const words = (stage: TransportStage, code: string) => {
  const parts = explainTransport({ stage, code, details: '' }, { endpoint: 'cp-2', target: '10.5.0.3:50000' });
  return `${parts.code}: ${parts.message}`;
};

test.each<[TransportStage, string, string]>([
  ['connect', 'ECONNREFUSED', 'unreachable: cp-2 refused the connection (10.5.0.3:50000).'],
  ['connect', 'TIMEOUT', 'unreachable: cp-2 did not answer (10.5.0.3:50000).'],
  ['connect', 'ETIMEDOUT', 'unreachable: cp-2 did not answer (10.5.0.3:50000).'],
  ['connect', 'EHOSTUNREACH', 'unreachable: cp-2 cannot be reached: no route (10.5.0.3:50000).'],
  ['name', 'ENOTFOUND', 'unreachable: cp-2 has a name that does not exist (10.5.0.3:50000).'],
  [
    'tls',
    'TIMEOUT',
    'unreachable: cp-2 accepted the connection but did not answer the TLS handshake (10.5.0.3:50000).',
  ],
  ['tls', 'ECONNRESET', 'unreachable: cp-2 closed the connection during the TLS handshake (10.5.0.3:50000).'],
  ['tls', 'CLOSED', 'unreachable: cp-2 closed the connection during the TLS handshake (10.5.0.3:50000).'],
  ['tls', 'ERR_SSL_WHATEVER', 'untrusted: cp-2 ended the TLS handshake (10.5.0.3:50000).'],
  [
    'http2',
    'ECONNRESET',
    'credentials: cp-2 accepted the connection and closed it before the first answer (10.5.0.3:50000).',
  ],
  ['established', 'ECONNRESET', 'unreachable: cp-2 closed the connection (10.5.0.3:50000).'],
  ['established', 'CLOSED', 'unreachable: cp-2 closed the connection (10.5.0.3:50000).'],
  ['established', 'GOAWAY', 'unreachable: cp-2 asked to use a new connection (GOAWAY) (10.5.0.3:50000).'],
  ['established', 'SILENT', 'unreachable: cp-2 stopped answering on an open connection (10.5.0.3:50000).'],
  ['connect', 'EWHATEVER', 'unreachable: cp-2 could not be reached (10.5.0.3:50000).'],
])('%s %s', (stage, code, expected) => {
  expect(words(stage, code)).toBe(expected);
});

test('the target is not said twice', () => {
  const parts = explainTransport(
    { stage: 'connect', code: 'ECONNREFUSED', details: 'x' },
    { endpoint: 'a:1', target: 'a:1' },
  );

  expect(parts).toMatchObject({ message: 'a:1 refused the connection.', details: 'x', retry: 'safe' });
});

test.each([
  [Object.assign(new Error('x'), { code: 'ECONNRESET' }), 'ECONNRESET'],
  [new Error('outer', { cause: Object.assign(new Error('x'), { code: 'EPIPE' }) }), 'EPIPE'],
  ['No connection established. Last error: Error: connect ECONNREFUSED 127.0.0.1:1. Resolution note: ', 'ECONNREFUSED'],
  ['Hostname does not match [ERR_TLS_CERT_ALTNAME_INVALID]', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ['nothing', ''],
  [undefined, ''],
])('finds the code of %s', (error, code) => {
  expect(errorCode(error)).toBe(code);
});

test('a missing route on macOS may be the permission for the local network', () => {
  expect(noRouteHint('darwin')).toContain('Local Network');
  expect(noRouteHint('linux')).not.toContain('Local Network');
});
