import { connect, type Socket } from 'node:net';
import type { FailureParts } from '../../../main/lib/failed.ts';
import type { HostPort } from '../../../main/credentials/channel-credentials.ts';
import type { Identity } from '../../../main/credentials/identity.ts';
import type { PeerCertificate } from '../../../main/credentials/peer-certificate.ts';
import { firstByte, secureConnection, TlsError } from '../../../main/credentials/secure-connection.ts';
import { explainTlsFailure } from '../../../main/credentials/tls-failure.ts';
import type { TlsSelfTestResult } from '../../../main/credentials/tls-self-test.ts';

/** What to dial, and as whom. */
export interface ProbeOptions {
  readonly identity: Identity;
  readonly target: HostPort;
  /** As the user wrote it; used in sentences. */
  readonly endpoint: string;
  readonly nowMs: number;
  /** For the whole probe. Default 10 s. */
  readonly timeoutMs?: number;
  readonly selfTest?: TlsSelfTestResult;
}

/** What one connection attempt found. */
export type ProbeResult =
  | { readonly ok: true; readonly tookMs: number; readonly peer?: PeerCertificate | undefined }
  | { readonly ok: false; readonly failure: FailureParts; readonly peer?: PeerCertificate | undefined };

/** HTTP/2 client preface and an empty SETTINGS frame (RFC 9113, 3.4): what every server answers with its own SETTINGS. */
const PREFACE = Buffer.concat([
  Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1'),
  Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]),
]);

/**
 * Dials an endpoint once, apart from any channel, and says in words why it fails: refusals of TLS 1.3 come after the
 * handshake, so it waits for the server's first bytes. Calls nothing. Never rejects; its connection is closed when it
 * resolves.
 */
export async function probeTls(options: ProbeOptions): Promise<ProbeResult> {
  const startMs = performance.now();
  const { host, port } = options.target;
  const timeoutMs = options.timeoutMs ?? 10_000;
  let peer: PeerCertificate | undefined;
  const socket = connect({ host, port });
  try {
    await dialled(socket, timeoutMs);
    const secure = await secureConnection(socket, {
      identity: options.identity,
      host,
      handshakeTimeoutMs: timeoutMs,
      onPeerCertificate: (facts) => {
        peer = facts;
      },
    });
    secure.write(PREFACE);
    await firstByte(secure, timeoutMs);
    return { ok: true, tookMs: performance.now() - startMs, peer };
  } catch (error) {
    const { endpoint, nowMs, selfTest } = options;
    return { ok: false, failure: explainTlsFailure(error, { endpoint, peer, nowMs, selfTest }), peer };
  } finally {
    socket.destroy();
  }
}

function dialled(socket: Socket, timeoutMs: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const onTimeout = (): void => {
    reject(new TlsError('ETIMEDOUT', 'no answer to the connection attempt'));
  };
  socket.setTimeout(timeoutMs, onTimeout);
  socket.once('error', reject);
  socket.once('connect', () => {
    socket.setTimeout(0, onTimeout);
    resolve();
  });
  return promise;
}
