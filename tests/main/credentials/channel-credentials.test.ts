import {
  Client,
  Server,
  status,
  type ChannelCredentials,
  type sendUnaryData,
  type ServerUnaryCall,
  type ServiceError,
} from '@grpc/grpc-js';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createServer } from 'node:tls';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { channelCredentials, type ChannelCredentialsOptions } from '../../../main/credentials/channel-credentials.ts';
import type { Identity } from '../../../main/credentials/identity.ts';
import type { MintedLeaf } from '../../../main/credentials/mint.ts';
import type { PeerCertificate } from '../../../main/credentials/peer-certificate.ts';
import { readIdentity } from '../../../main/credentials/read-identity.ts';
import { serverTlsOptions, type ServerTlsOptions } from '../../../main/credentials/server-credentials.ts';
import { serverCredentials } from '../../fakes/server-credentials.ts';
import { clusterPki, contextFields, type ClusterPki } from './cluster-pki.ts';
import { loopbackServer } from './loopback-server.ts';

let pki: ClusterPki;
let admin: Identity;

beforeAll(async () => {
  pki = await clusterPki();
  admin = readIdentity(contextFields(pki.authority, pki.admin), Date.now()).identity!;
});

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of cleanUp.splice(0)) await close();
});

const bytes = { serialize: (value: Buffer): Buffer => value, deserialize: (value: Buffer): Buffer => value };

/** A gRPC server that answers `/test.Who/Am` with the caller's organization. */
async function serve(leaf: MintedLeaf, options?: ServerTlsOptions, host = '127.0.0.1'): Promise<number> {
  const server = new Server();
  const path = '/test.Who/Am';
  const method = { path, requestStream: false, responseStream: false, requestSerialize: bytes.serialize } as const;
  server.addService(
    {
      am: {
        ...method,
        requestDeserialize: bytes.deserialize,
        responseSerialize: bytes.serialize,
        responseDeserialize: bytes.deserialize,
      },
    },
    {
      am: (call: ServerUnaryCall<Buffer, Buffer>, answer: sendUnaryData<Buffer>) => {
        const { sslPeerCertificate } = call.getAuthContext();
        answer(null, Buffer.from(String(sslPeerCertificate?.subject.O ?? 'nobody')));
      },
    },
  );
  const pem = { ca: pki.authority.certPem, cert: leaf.certPem, key: leaf.keyPem };
  cleanUp.push(() => {
    server.forceShutdown();
  });
  return new Promise((resolve, reject) => {
    server.bindAsync(`${host}:0`, serverCredentials(pem, options), (error, port) => {
      if (error) reject(error);
      else resolve(port);
    });
  });
}

function ask(target: string, credentials: ChannelCredentials, options = {}): Promise<string> {
  const client = new Client(target, credentials, { 'grpc.enable_http_proxy': 0, ...options });
  cleanUp.push(() => {
    client.close();
  });
  return new Promise((resolve, reject) => {
    const onAnswer = (error: ServiceError | null, value?: Buffer): void => {
      if (error) reject(error);
      else resolve(String(value));
    };
    const deadline = { deadline: Date.now() + 10_000 };
    client.makeUnaryRequest('/test.Who/Am', bytes.serialize, bytes.deserialize, Buffer.alloc(0), deadline, onAnswer);
  });
}

/** Credentials that remember what they were told. */
function observed(identity: Identity, options: ChannelCredentialsOptions = {}) {
  const certificates: PeerCertificate[] = [];
  const codes: unknown[] = [];
  const credentials = channelCredentials(identity, {
    ...options,
    onPeerCertificate: (facts) => certificates.push(facts),
    onTlsError: (error) => codes.push('code' in error ? error.code : error.message),
  });
  return { credentials, certificates, codes };
}

describe('channelCredentials with serverCredentials', () => {
  test('call over mutual Ed25519 TLS, with a key as talosconfig labels it', async () => {
    const port = await serve(pki.server);
    const { credentials, certificates, codes } = observed(admin);

    expect(await ask(`127.0.0.1:${port}`, credentials)).toBe('os:admin');
    expect(certificates).toEqual([
      {
        subject: '',
        issuer: 'O=talos',
        notBeforeMs: new X509Certificate(pki.server.certPem).validFromDate.getTime(),
        notAfterMs: new X509Certificate(pki.server.certPem).validToDate.getTime(),
        names: ['127.0.0.1'],
      },
    ]);
    expect(codes).toEqual([]);
  });

  test.each(['ecdsa', 'rsa'] as const)(
    'call a server with an %s certificate of the user’s own',
    async (keyAlgorithm) => {
      const port = await serve(await pki.issueServer({ keyAlgorithm }));

      expect(await ask(`127.0.0.1:${port}`, channelCredentials(admin))).toBe('os:admin');
    },
  );

  test.each([
    ['localhost', 'localhost'],
    ['127.0.0.1', false],
  ])('verify %s, and send a name as SNI but never an address', async (host, expected) => {
    const both = await pki.issueServer({ ipAddresses: ['127.0.0.1'], dnsNames: ['localhost'] });
    const names: (string | false | undefined)[] = [];
    const pem = { ca: pki.authority.certPem, cert: both.certPem, key: both.keyPem };
    const tlsServer = createServer(serverTlsOptions(pem), (socket) => {
      names.push((socket as { servername?: string | false }).servername);
      socket.destroy();
    });
    const server = await loopbackServer((socket) => tlsServer.emit('connection', socket));
    cleanUp.push(() => server[Symbol.asyncDispose]());

    const { credentials, certificates } = observed(admin);
    await expect(ask(`dns:///${host}:${server.port}`, credentials)).rejects.toMatchObject({ code: status.UNAVAILABLE });

    expect(names[0]).toBe(expected);
    expect(certificates[0]?.names).toEqual(['127.0.0.1', 'localhost']);
  });

  test('let anyone in when the server asks for no certificate (maintenance mode)', async () => {
    const anonymous = readIdentity(contextFields(pki.authority), Date.now()).identity!;
    const port = await serve(pki.server, { requestCert: false });

    expect(await ask(`127.0.0.1:${port}`, channelCredentials(anonymous))).toBe('nobody');
  });

  test('are equal only to themselves, so that channels with other hooks share no connection', () => {
    const one = channelCredentials(admin);

    expect(one._equals(one)).toBe(true);
    expect(one._equals(channelCredentials(admin))).toBe(false);
  });
});

describe('the true cause of a failure is reported with its code', () => {
  const failing = async (port: number, identity: Identity): Promise<unknown> => {
    const { credentials, codes, certificates } = observed(identity);
    await expect(ask(`127.0.0.1:${port}`, credentials)).rejects.toMatchObject({ code: status.UNAVAILABLE });
    return { codes, names: certificates.map(({ names }) => names) };
  };

  test('when the certificate names another host, with that certificate', async () => {
    const port = await serve(await pki.issueServer({ ipAddresses: ['127.0.0.3'] }));

    expect(await failing(port, admin)).toEqual({ codes: ['ERR_TLS_CERT_ALTNAME_INVALID'], names: [['127.0.0.3']] });
  });

  test('when the server belongs to another authority', async () => {
    const stranger = readIdentity(contextFields(pki.regenerated, pki.admin), Date.now()).identity!;

    expect(await failing(await serve(pki.server), stranger)).toEqual({
      codes: ['SELF_SIGNED_CERT_IN_CHAIN'],
      names: [['127.0.0.1']],
    });
  });

  test('when the server refuses our certificate after the handshake', async () => {
    const foreign = await pki.regenerated.issue({ organizations: ['os:admin'] });
    const stranger = readIdentity(contextFields(pki.authority, foreign), Date.now()).identity!;

    expect(await failing(await serve(pki.server), stranger)).toMatchObject({
      codes: ['MINOS_TLS_CLOSED_AFTER_HANDSHAKE'],
    });
  });

  test('when the server wants a certificate and we have none', async () => {
    const anonymous = readIdentity(contextFields(pki.authority), Date.now()).identity!;

    expect(await failing(await serve(pki.server), anonymous)).toMatchObject({
      codes: ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'],
    });
  });

  test('when the handshake never ends', async () => {
    const server = await loopbackServer((socket) => socket.resume());
    cleanUp.push(() => server[Symbol.asyncDispose]());
    const { credentials, codes } = observed(admin, { handshakeTimeoutMs: 50 });

    await expect(ask(`127.0.0.1:${server.port}`, credentials)).rejects.toMatchObject({ code: status.UNAVAILABLE });
    expect(codes[0]).toBe('MINOS_TLS_HANDSHAKE_TIMEOUT');
  });
});

describe('a tunnel', () => {
  /** An HTTP proxy that knows CONNECT; `asked` is what it was asked for. */
  async function proxy(answer: string): Promise<{ port: number; asked: string[] }> {
    const asked: string[] = [];
    const server = await loopbackServer((socket) => {
      socket.once('data', (request) => {
        const [, to = ''] = String(request).split(' ');
        asked.push(to);
        socket.write(answer);
        if (!answer.includes(' 200 ')) return socket.end();
        const upstream = connect(Number(to.split(':')[1]), '127.0.0.1').on('error', () => socket.destroy());
        socket.once('close', () => upstream.destroy());
        return socket.pipe(upstream).pipe(socket);
      });
    });
    cleanUp.push(() => server[Symbol.asyncDispose]());
    return { port: server.port, asked };
  }

  const open = async (socket: Socket, to: { host: string; port: number }): Promise<Socket> => {
    socket.write(`CONNECT ${to.host}:${to.port} HTTP/1.1\r\n\r\n`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    if (!String(answer).includes(' 200 ')) throw new Error('the proxy refused');
    return socket;
  };

  test('carries the connection and verifies the endpoint behind the proxy', async () => {
    const port = await serve(await pki.issueServer({ ipAddresses: ['127.0.0.7'] }), {}, '127.0.0.1');
    const { port: proxyPort, asked } = await proxy('HTTP/1.1 200 OK\r\n\r\n');
    const credentials = channelCredentials(admin, { tunnel: { to: { host: '127.0.0.7', port }, open } });

    const answer = await ask(`127.0.0.1:${proxyPort}`, credentials, { 'grpc.default_authority': `127.0.0.7:${port}` });

    expect(answer).toBe('os:admin');
    expect(asked).toEqual([`127.0.0.7:${port}`]);
  });

  test('fails with the proxy’s refusal', async () => {
    const { port: proxyPort } = await proxy('HTTP/1.1 403 Forbidden\r\n\r\n');
    const credentials = channelCredentials(admin, { tunnel: { to: { host: '127.0.0.7', port: 1 }, open } });

    await expect(ask(`127.0.0.1:${proxyPort}`, credentials)).rejects.toMatchObject({
      details: expect.stringContaining('the proxy refused') as unknown,
    });
  });
});
