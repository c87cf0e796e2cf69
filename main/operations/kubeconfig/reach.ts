import { connect } from 'node:net';
import type { KubeServerReach } from '../../../preload/contract/index.ts';

const TIMEOUT_MS = 2_000;

/** Opens one TCP connection to the host and port of a server address and closes it again; nothing is sent. At most 2 s. */
export async function reachServer(server: string, signal: AbortSignal): Promise<KubeServerReach> {
  let url: URL;
  try {
    url = new URL(server);
  } catch {
    return { server, isReachable: false, why: 'it is no address' };
  }
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const port = Number(url.port) || (url.protocol === 'http:' ? 80 : 443);
  const why = await tryConnect(host, port, signal);
  return { server, isReachable: why === undefined, ...(why === undefined ? {} : { why }) };
}

function tryConnect(host: string, port: number, signal: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: TIMEOUT_MS, signal });
    const end = (why?: string): void => {
      socket.destroy();
      resolve(why);
    };
    // The socket's own timeout starts anew with the name's addresses; this one does not.
    const timer = setTimeout(() => end(NO_ANSWER), TIMEOUT_MS);
    timer.unref();
    socket.once('connect', () => end());
    socket.once('timeout', () => end(NO_ANSWER));
    socket.once('error', (error: NodeJS.ErrnoException) => end(wordsFor(error.code)));
    socket.once('close', () => {
      clearTimeout(timer);
    });
  });
}

const NO_ANSWER = `no answer in ${TIMEOUT_MS / 1000} s`;

function wordsFor(code: string | undefined): string {
  switch (code) {
    case 'ECONNREFUSED':
      return 'the connection is refused';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'the name is not known';
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EADDRNOTAVAIL':
      return 'there is no way to it';
    case 'ETIMEDOUT':
      return NO_ANSWER;
    default:
      return `it cannot be connected to (${code ?? 'unknown error'})`;
  }
}
