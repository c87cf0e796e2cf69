import 'reflect-metadata';
import { X509CertificateGenerator } from '@peculiar/x509';
import { generateKeyPairSync } from 'node:crypto';
import { createSecureServer, type Http2SecureServer } from 'node:http2';
import type { Socket } from 'node:net';
import { createServer, type TlsOptions } from 'node:tls';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Identity } from '../../../main/credentials/identity.ts';
import { mintAuthority, type MintedAuthority, type MintedLeaf } from '../../../main/credentials/mint.ts';
import { probeTls, type ProbeResult } from './probe-tls.ts';
import { serverTlsOptions } from '../../../main/credentials/server-credentials.ts';
import { tlsSelfTest } from '../../../main/credentials/tls-self-test.ts';
import { Secret } from '../../../main/lib/secret.ts';
import { clusterPki, HOUR_MS, type ClusterPki } from './cluster-pki.ts';
import { loopbackServer } from './loopback-server.ts';

const NOW_MS = Date.now();

let pki: ClusterPki;
let admin: Identity;

beforeAll(async () => {
  pki = await clusterPki();
  admin = identity(pki.admin);
});

/** An identity as it is, without the local checks: these tests are about what the wire says. */
const identity = (leaf?: MintedLeaf, ca: MintedAuthority = pki.authority, signatureAlgorithms?: string): Identity =>
  new Identity({
    ca: [ca.certPem],
    ...(leaf && { client: { cert: leaf.certPem, key: new Secret(leaf.keyPem) } }),
    ...(signatureAlgorithms !== undefined && { signatureAlgorithms }),
  });

const cleanUp: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of cleanUp.splice(0)) await one[Symbol.asyncDispose]();
});

interface Dial {
  readonly as?: Identity;
  readonly host?: string;
  readonly timeoutMs?: number;
  readonly selfTest?: Awaited<ReturnType<typeof tlsSelfTest>>;
}

async function probe(onSocket: (socket: Socket) => void, dial: Dial = {}): Promise<ProbeResult> {
  const server = await loopbackServer(onSocket);
  cleanUp.push(server);
  return probeTls({
    identity: dial.as ?? admin,
    target: { host: dial.host ?? '127.0.0.1', port: server.port },
    endpoint: 'cp-1',
    nowMs: NOW_MS,
    timeoutMs: dial.timeoutMs ?? 10_000,
    ...(dial.selfTest && { selfTest: dial.selfTest }),
  });
}

/** An HTTP/2 server with mutual TLS, as apid is. */
function apid(leaf: MintedLeaf, options: { ca?: MintedAuthority; tls?: TlsOptions } = {}): (socket: Socket) => void {
  const { ALPNProtocols: _alpn, ...base } = serverTlsOptions({
    ca: (options.ca ?? pki.authority).certPem,
    cert: leaf.certPem,
    key: leaf.keyPem,
  });
  const server: Http2SecureServer = createSecureServer({ ...base, ...options.tls });
  server.on('sessionError', () => undefined);
  return (socket) => server.emit('connection', socket);
}

const said = (result: ProbeResult): string =>
  result.ok ? 'ok' : `${result.failure.code} (${result.failure.retry ?? '-'}): ${result.failure.message}`;

describe('an endpoint that works', () => {
  test('answers over mutual TLS and shows its certificate', async () => {
    const result = await probe(apid(pki.server));

    expect(result).toMatchObject({ ok: true, peer: { issuer: 'O=talos', names: ['127.0.0.1'] } });
    expect(result.ok && result.tookMs).toBeGreaterThan(0);
  });

  test('is left without an open connection', async () => {
    const server = await loopbackServer(apid(pki.server));
    cleanUp.push(server);

    const target = { host: '127.0.0.1', port: server.port };
    await probeTls({ identity: admin, target, endpoint: 'cp-1', nowMs: NOW_MS });

    await Promise.all([...server.open].map((socket) => new Promise((resolve) => socket.once('close', resolve))));
    expect(server.open.size).toBe(0);
  });
});

describe('a server that we do not trust', () => {
  test('was signed by regenerated secrets', async () => {
    const foreign = await pki.regenerated.issue({ eku: 'serverAuth', ipAddresses: ['127.0.0.1'] });

    const result = await probe(apid(foreign, { ca: pki.regenerated }));

    expect(said(result)).toBe(
      'untrusted (never): The certificate of cp-1 is not signed by an authority that this context trusts.',
    );
    expect(result).toHaveProperty(
      'failure.hint',
      "The cluster's secrets may have been regenerated, or this is the talosconfig of another cluster, or the machine is in maintenance mode.",
    );
  });

  test.each([
    ['kubernetes', 'cp-1 is a Kubernetes API server, not a Talos API: its certificate was issued by O=kubernetes.'],
    ['Example CA', 'The certificate of cp-1 was issued by O=Example CA, which this context does not trust'],
  ])('is no Talos API: its authority %s is named', async (authority, words) => {
    const other = await mintAuthority(authority);
    const leaf = await other.issue({ eku: 'serverAuth', ipAddresses: ['127.0.0.1'] });

    expect(said(await probe(apid(leaf, { ca: other })))).toContain(`untrusted (never): ${words}`);
  });

  test('sends its leaf alone, as Go does', async () => {
    const foreign = await pki.regenerated.issue({ eku: 'serverAuth', ipAddresses: ['127.0.0.1'] });
    const tls = { ca: undefined, requestCert: false, rejectUnauthorized: false };

    expect(said(await probe(apid(foreign, { tls })))).toContain('not signed by an authority that this context trusts');
  });

  test('is self-signed, as in maintenance mode', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const spki = publicKey.export({ type: 'spki', format: 'der' });
    const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'der' });
    const certificate = await X509CertificateGenerator.createSelfSigned({
      name: 'O=talos',
      keys: {
        publicKey: await crypto.subtle.importKey('spki', spki, 'Ed25519', true, ['verify']),
        privateKey: await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', false, ['sign']),
      },
      signingAlgorithm: { name: 'Ed25519' },
      // Times of certificates are whole seconds; from this very moment on would sometimes be from the next one on.
      notBefore: new Date(Date.now() - 60_000),
    });
    const keyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const self = { certPem: certificate.toString('pem'), keyPem, talosKeyPem: '' };
    expect(said(await probe(apid(self)))).toContain('not signed by an authority that this context trusts');
  });

  test('expired, with the date', async () => {
    const notAfterMs = Date.UTC(2026, 0, 2, 3, 4);
    const expired = await pki.issueServer({ notBeforeMs: notAfterMs - HOUR_MS, notAfterMs });

    const result = await probe(apid(expired));

    expect(said(result)).toBe('untrusted (never): The certificate of cp-1 expired on 2026-01-02 03:04 UTC.');
    expect(result).toHaveProperty('failure.hint', expect.stringContaining('a clock is likely wrong'));
    expect(result.peer?.notAfterMs).toBe(notAfterMs);
  });

  test('is not valid yet, with the date', async () => {
    const early = await pki.issueServer({ notBeforeMs: Date.UTC(2100, 0, 1) });

    expect(said(await probe(apid(early)))).toBe(
      'untrusted (never): The certificate of cp-1 is not valid yet, only from 2100-01-01 00:00 UTC.',
    );
  });

  test('is not made for a server', async () => {
    const client = await pki.authority.issue({ eku: 'clientAuth', ipAddresses: ['127.0.0.1'] });

    expect(said(await probe(apid(client)))).toBe(
      'untrusted (never): The certificate of cp-1 is not made for a server.',
    );
  });

  test('has other names, which are listed', async () => {
    const other = await pki.issueServer({ ipAddresses: ['127.0.0.3', '10.5.0.2'], dnsNames: ['cp-3.example'] });

    expect(said(await probe(apid(other)))).toBe(
      'untrusted (never): The certificate of cp-1 does not name it; it is valid for 127.0.0.3, 10.5.0.2, cp-3.example.',
    );
  });

  test('has no name at all', async () => {
    expect(said(await probe(apid(await pki.issueServer({ ipAddresses: [], commonName: 'cp-1' }))))).toBe(
      'untrusted (never): The certificate of cp-1 does not name it; it is valid for no name at all.',
    );
  });
});

describe('a server that does not trust us', () => {
  test('wants a certificate where we have none', async () => {
    expect(said(await probe(apid(pki.server), { as: identity() }))).toBe(
      'credentials (never): cp-1 requires a client certificate and this context has none.',
    );
  });

  test.each<[string, () => Promise<MintedLeaf>]>([
    ['of regenerated secrets', () => pki.regenerated.issue({ organizations: ['os:admin'] })],
    ['that expired', () => pki.authority.issue({ notBeforeMs: NOW_MS - 2 * HOUR_MS, notAfterMs: NOW_MS - HOUR_MS })],
    ['made for a server', () => pki.authority.issue({ eku: 'serverAuth' })],
  ])('closes without a word over a certificate %s', async (_name, mint) => {
    const result = await probe(apid(pki.server), { as: identity(await mint()) });

    expect(said(result)).toBe('credentials (never): cp-1 closed the connection right after the TLS handshake.');
    expect(result).toHaveProperty(
      'failure.hint',
      expect.stringMatching(/^Most likely it refused the client certificate/),
    );
  });

  test('resets the connection right after the handshake', async () => {
    const options = serverTlsOptions({ ca: pki.authority.certPem, cert: pki.server.certPem, key: pki.server.keyPem });
    let raw: Socket | undefined;
    const server = createServer(options, (socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => raw?.resetAndDestroy());
    });

    const result = await probe((socket) => {
      raw = socket;
      server.emit('connection', socket);
    });

    expect(said(result)).toBe('credentials (never): cp-1 closed the connection right after the TLS handshake.');
  });
});

describe('something that is not Talos', () => {
  test.each(['HTTP/1.1 400 Bad Request\r\n\r\n', 'SSH-2.0-OpenSSH_9.2\r\n'])('answers %j', async (greeting) => {
    const result = await probe((socket) => socket.end(greeting));

    expect(said(result)).toBe('untrusted (never): cp-1 answers, but does not speak TLS.');
  });

  test('speaks TLS without HTTP/2', async () => {
    const options = serverTlsOptions({ ca: pki.authority.certPem, cert: pki.server.certPem, key: pki.server.keyPem });
    const server = createServer({ ...options, ALPNProtocols: ['http/1.1'] });

    expect(said(await probe((socket) => server.emit('connection', socket)))).toBe(
      'untrusted (never): cp-1 speaks TLS, but is not a Talos API (no HTTP/2).',
    );
  });

  test('speaks only old TLS', async () => {
    const tls = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL@SECLEVEL=0' } as const;

    expect(said(await probe(apid(pki.server, { tls })))).toBe(
      'untrusted (never): cp-1 and this app have no TLS version or cipher in common.',
    );
  });
});

describe('a network that does not carry us', () => {
  test('refuses', async () => {
    const server = await loopbackServer(() => undefined);
    await server[Symbol.asyncDispose]();
    const target = { host: '127.0.0.1', port: server.port };

    const result = await probeTls({ identity: admin, target, endpoint: 'cp-1', nowMs: NOW_MS });

    expect(said(result)).toBe('unreachable (safe): cp-1 refused the connection.');
    expect(result).toHaveProperty('failure.where', { endpoint: 'cp-1' });
    expect(result).toHaveProperty('failure.details', `connect ECONNREFUSED 127.0.0.1:${server.port}`);
  });

  test.each<[string, (socket: Socket) => void]>([
    ['closes', (socket) => socket.destroy()],
    ['resets', (socket) => socket.once('data', () => socket.resetAndDestroy())],
  ])('%s in the handshake', async (_name, onSocket) => {
    expect(said(await probe(onSocket))).toBe('unreachable (safe): cp-1 closed the connection.');
  });

  test('goes silent in the handshake', async () => {
    const result = await probe((socket) => socket.resume(), { timeoutMs: 100 });

    expect(said(result)).toBe('timeout (safe): cp-1 did not answer in time.');
  });

  test('goes silent after the handshake', async () => {
    const options = serverTlsOptions({ ca: pki.authority.certPem, cert: pki.server.certPem, key: pki.server.keyPem });
    const server = createServer(options, (socket) => socket.on('error', () => undefined).resume());

    const result = await probe((socket) => server.emit('connection', socket), { timeoutMs: 300 });

    expect(said(result)).toBe('timeout (safe): cp-1 did not answer in time.');
  });

  test('does not know the name', async () => {
    const target = { host: 'cp-1.invalid', port: 50000 };

    const result = await probeTls({ identity: admin, target, endpoint: 'cp-1.invalid', nowMs: NOW_MS });

    // Which of the two depends on the machine's resolver; `.invalid` never resolves (RFC 2606).
    expect(said(result)).toMatch(
      /^unreachable \(safe\): (The name cp-1.invalid is not known to DNS|DNS gave no answer for)/,
    );
  });
});

describe('a handshake failure (alert 40)', () => {
  const withoutEd25519 = 'ecdsa_secp256r1_sha256:rsa_pss_rsae_sha256';

  test('blames this build when the self-test fails too', async () => {
    const selfTest = await tlsSelfTest({ clientAlgorithms: withoutEd25519 });

    const result = await probe(apid(pki.server), {
      as: identity(pki.admin, pki.authority, withoutEd25519),
      selfTest,
    });

    expect(said(result)).toBe('untrusted (never): cp-1 broke off the TLS handshake (alert 40).');
    expect(result).toHaveProperty('failure.hint', expect.stringContaining('TLS library refuses Ed25519'));
  });

  test('blames the other side when the self-test passes', async () => {
    const result = await probe(apid(pki.server), {
      as: identity(pki.admin, pki.authority, withoutEd25519),
      selfTest: await tlsSelfTest(),
    });

    expect(result).toHaveProperty('failure.hint', expect.stringContaining('passed its own Ed25519 test'));
  });
});
