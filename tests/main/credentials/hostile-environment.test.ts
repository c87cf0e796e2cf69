import { once } from 'node:events';
import { connect } from 'node:net';
import { createServer } from 'node:tls';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { readIdentity } from '../../../main/credentials/read-identity.ts';
import { secureConnection } from '../../../main/credentials/secure-connection.ts';
import { serverTlsOptions } from '../../../main/credentials/server-credentials.ts';
import { clusterPki, contextFields, type ClusterPki } from './cluster-pki.ts';
import { loopbackServer } from './loopback-server.ts';

let pki: ClusterPki;
beforeAll(async () => {
  pki = await clusterPki();
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a server is verified whatever the environment says', () => {
  test('with NODE_TLS_REJECT_UNAUTHORIZED=0, which switches verification off for all of Node', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    const pem = { ca: pki.authority.certPem, cert: pki.server.certPem, key: pki.server.keyPem };
    const tlsServer = createServer(serverTlsOptions(pem)).on('tlsClientError', () => undefined);
    await using server = await loopbackServer((socket) => tlsServer.emit('connection', socket));
    const identity = readIdentity(contextFields(pki.regenerated, pki.admin), Date.now()).identity!;
    const socket = connect(server.port, '127.0.0.1');
    await once(socket, 'connect');

    await expect(secureConnection(socket, { identity, host: '127.0.0.1' })).rejects.toMatchObject({
      code: 'SELF_SIGNED_CERT_IN_CHAIN',
    });
  });
});
