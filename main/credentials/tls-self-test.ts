import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { createServer } from 'node:tls';
import { Identity } from './identity.ts';
import { Secret } from '../lib/secret.ts';
import { firstByte, secureConnection } from './secure-connection.ts';
import { serverTlsOptions } from './server-credentials.ts';
import { SIGNATURE_ALGORITHMS } from './signature-algorithms.ts';
import { codeOf, tlsCause, type TlsCause } from './tls-cause.ts';

/** What the self-test found. */
export type TlsSelfTestResult =
  | { readonly ok: true; readonly tookMs: number }
  | { readonly ok: false; readonly sentence: string; readonly details: string };

const REFUSED =
  "This build's TLS library refuses Ed25519, which every Talos certificate uses, so no cluster can be reached. " +
  'Please report it with the details.';
const INCONCLUSIVE =
  "Whether this build's TLS library accepts Ed25519 is not known: the self-test could not be completed.";

/** How a library without Ed25519 shows: as a client by alert 40, as a server by not getting a client certificate. */
const REFUSALS: ReadonlySet<TlsCause> = new Set([
  'handshake-failure',
  'client-missing',
  'client-refused',
  'closed-unread',
  'no-common-protocol',
]);

/** For tests: what a TLS library without Ed25519 in its list would do. */
export interface TlsSelfTestOptions {
  readonly clientAlgorithms?: string;
  readonly serverAlgorithms?: string;
  /** Default 5 s: it is one handshake with ourselves. */
  readonly timeoutMs?: number;
}

/**
 * Makes one mutual Ed25519 handshake with ourselves, through the same seam as every real connection. It tells a broken TLS
 * library (Electron's BoringSSL without our list of algorithms) from a cluster that refuses us; on the wire both are
 * `handshake_failure`. Never rejects; closes everything it opened.
 */
export async function tlsSelfTest(options: TlsSelfTestOptions = {}): Promise<TlsSelfTestResult> {
  const startMs = performance.now();
  try {
    await handshake(options);
    return { ok: true, tookMs: performance.now() - startMs };
  } catch (error) {
    const text = error instanceof Error ? error.message.trim() : String(error);
    return {
      ok: false,
      sentence: REFUSALS.has(tlsCause(error)) ? REFUSED : INCONCLUSIVE,
      details: `TLS self-test: ${codeOf(error)} ${text} (${libraryText()})`,
    };
  }
}

async function handshake(options: TlsSelfTestOptions): Promise<void> {
  // Loaded here because it is slow to load and most runs of the app never need it again.
  const { mintAuthority } = await import('./mint.ts');
  const authority = await mintAuthority('self-test');
  const leaf = await authority.issue({ eku: 'serverAuth', ipAddresses: ['127.0.0.1'] });
  const client = await authority.issue({ eku: 'clientAuth', organizations: ['os:reader'] });

  const pem = { ca: authority.certPem, cert: leaf.certPem, key: leaf.keyPem };
  const signatureAlgorithms = options.serverAlgorithms ?? SIGNATURE_ALGORITHMS;
  const server = createServer(serverTlsOptions(pem, { signatureAlgorithms }), (socket) => {
    // The client learns that its certificate was accepted by reading this byte.
    socket.on('error', () => undefined).end('.');
  });
  server.on('tlsClientError', () => undefined);
  const accepted = new Set<Socket>();
  server.on('connection', (raw: Socket) => accepted.add(raw));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const timeoutMs = options.timeoutMs ?? 5_000;
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(timeoutMs) });
    const identity = new Identity({
      ca: [authority.certPem],
      client: { cert: client.certPem, key: new Secret(client.keyPem) },
      signatureAlgorithms: options.clientAlgorithms ?? SIGNATURE_ALGORITHMS,
    });
    const secure = await secureConnection(socket, { identity, host: '127.0.0.1', handshakeTimeoutMs: timeoutMs });
    await firstByte(secure, timeoutMs);
  } finally {
    socket.destroy();
    for (const raw of accepted) raw.destroy();
    server.close();
    await once(server, 'close');
  }
}

function libraryText(): string {
  const { node, openssl, electron } = process.versions as Readonly<Record<string, string | undefined>>;
  return `Node ${node}, TLS ${openssl}${electron === undefined ? '' : `, Electron ${electron}`}`;
}
