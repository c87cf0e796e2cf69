import { Server } from '@grpc/grpc-js';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { mintAuthority, type KeyAlgorithm, type MintedAuthority } from '../../../main/credentials/mint.ts';
import { probeTls } from '../../main/credentials/probe-tls.ts';
import { readIdentity } from '../../../main/credentials/read-identity.ts';
import { serverCredentials } from '../../fakes/server-credentials.ts';
import { SIGNATURE_ALGORITHMS } from '../../../main/credentials/signature-algorithms.ts';
import { buildPeer, startPeer, writePeerFiles, type Peer, type PeerFiles } from './peer.ts';

/*
 * Electron's TLS library is BoringSSL, and its default list of signature algorithms leaves out Ed25519. These tests put a
 * BoringSSL peer in place of Electron: what it can do with our list, Electron can do with it. With the default list both
 * directions must fail, or the tests prove nothing.
 */

interface Pki {
  readonly authority: MintedAuthority;
  readonly server: PeerFiles;
  readonly client: PeerFiles;
  readonly pem: { readonly server: PeerFiles; readonly client: PeerFiles };
}

/** Where the library can be had as a package. */
const isLinux = process.platform === 'linux';

let folder: string;
let program: string;
let talos: Pki;

// Long enough for apt on a machine that has neither gcc nor the library.
beforeAll(async () => {
  if (!isLinux) return;
  folder = await mkdtemp(join(tmpdir(), 'minos-boringssl-'));
  program = await buildPeer(folder);
  talos = await makePki('ed25519');
}, 300_000);

afterAll(async () => {
  if (isLinux) await rm(folder, { recursive: true, force: true });
});

const cleanUp: (() => void)[] = [];
afterEach(() => {
  for (const close of cleanUp.splice(0)) close();
});

async function makePki(keyAlgorithm: KeyAlgorithm): Promise<Pki> {
  const authority = await mintAuthority(keyAlgorithm, { keyAlgorithm });
  const ca = authority.certPem;
  const server = await authority.issue({ keyAlgorithm, eku: 'serverAuth', ipAddresses: ['127.0.0.1'] });
  const client = await authority.issue({ keyAlgorithm, organizations: ['os:admin'] });
  const pem = {
    server: { ca, cert: server.certPem, key: server.keyPem },
    client: { ca, cert: client.certPem, key: client.keyPem },
  };
  return {
    authority,
    pem,
    server: await writePeerFiles(folder, `${keyAlgorithm}-server`, pem.server),
    client: await writePeerFiles(folder, `${keyAlgorithm}-client`, pem.client),
  };
}

async function peer(...args: readonly string[]): Promise<Peer> {
  const started = await startPeer(program, args);
  cleanUp.push(() => started.child.kill());
  return started;
}

/** A BoringSSL client with `list` calls our gRPC server. */
async function boringsslCallsUs(list: string, pki = talos): Promise<string> {
  const server = new Server();
  cleanUp.push(() => {
    server.forceShutdown();
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', serverCredentials(pki.pem.server), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  const { ca, cert, key } = pki.client;
  return (await peer('client', String(port), ca, cert, key, list)).verdict;
}

/** We call a BoringSSL server with `list`; both sides have their say. */
async function weCallBoringssl(list: string, pki = talos): Promise<{ we: string; it: string }> {
  const { ca, cert, key } = pki.server;
  const { port, verdict } = await peer('server', ca, cert, key, list);
  const { client } = pki.pem;
  const fields = { ca: base64(client.ca), crt: base64(client.cert), key: base64(client.key) };
  const { identity } = readIdentity(fields, Date.now());
  const result = await probeTls({
    identity: identity!,
    target: { host: '127.0.0.1', port },
    endpoint: 'boringssl',
    nowMs: Date.now(),
  });
  return { we: result.ok ? 'ok' : result.failure.message, it: await verdict };
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe.runIf(isLinux)('BoringSSL with its default list (the control)', () => {
  test('as a client gets no further than alert 40 from our Ed25519 server', async () => {
    expect(await boringsslCallsUs('default')).toMatch(/^failed: handshake: .*SSLV3_ALERT_HANDSHAKE_FAILURE/);
  });

  test('as a server never gets our Ed25519 client certificate', async () => {
    const { we, it } = await weCallBoringssl('default');

    expect(it).toMatch(/^failed: handshake: .*(PEER_DID_NOT_RETURN_A_CERTIFICATE|NO_COMMON_SIGNATURE_ALGORITHMS)/);
    expect(we).not.toBe('ok');
  });
});

describe.runIf(isLinux)('BoringSSL with our list', () => {
  test('as a client does mutual Ed25519 TLS with our server', async () => {
    expect(await boringsslCallsUs(SIGNATURE_ALGORITHMS)).toBe('ok');
  });

  test('as a server does mutual Ed25519 TLS with our client', async () => {
    expect(await weCallBoringssl(SIGNATURE_ALGORITHMS)).toEqual({ we: 'ok', it: 'ok' });
  });

  test.each(['ecdsa', 'rsa'] as const)('still does %s in both directions', async (keyAlgorithm) => {
    const pki = await makePki(keyAlgorithm);

    expect(await boringsslCallsUs(SIGNATURE_ALGORITHMS, pki)).toBe('ok');
    expect(await weCallBoringssl(SIGNATURE_ALGORITHMS, pki)).toEqual({ we: 'ok', it: 'ok' });
  });

  test('refuses a client of another authority, so that the proof is not about a peer that takes everyone', async () => {
    const stranger = await makePki('ecdsa');
    const mixed = { ...talos, pem: { ...talos.pem, client: { ...stranger.pem.client, ca: talos.pem.client.ca } } };

    const { we, it } = await weCallBoringssl(SIGNATURE_ALGORITHMS, mixed);

    expect(it).toMatch(/^failed: handshake: .*CERTIFICATE_VERIFY_FAILED/);
    expect(we).toBe('boringssl does not know the authority that issued the client certificate.');
  });

  test('takes the whole list, and would refuse it for one unknown name', async () => {
    expect(await (await peer('list', SIGNATURE_ALGORITHMS)).verdict).toBe('ok');
    expect(await (await peer('list', `${SIGNATURE_ALGORITHMS}:rsa_pss_pss_sha256`)).verdict).toMatch(/^failed: list/);
  });
});
