import { isIP, type Socket } from 'node:net';
import { connect as tlsConnect, getCACertificates } from 'node:tls';
import { joinHostPort } from '../../lib/endpoint-address.ts';
import type { LinkProxy } from '../link.ts';
import type { ProxyServer } from '../../lib/proxy-url.ts';

/** The proxy said no, or something that is not its protocol. `code` starts with `PROXY_`. */
class ProxyError extends Error {
  override readonly name = 'ProxyError';
  readonly code: ProxyErrorCode;

  constructor(code: ProxyErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * `AUTH`: it wants (other) credentials. `REFUSED`: it does not connect us. `CERTIFICATE`: an https proxy that cannot be
 * trusted. `PROTOCOL`: it is no proxy of this kind.
 */
export type ProxyErrorCode = 'PROXY_AUTH' | 'PROXY_CERTIFICATE' | 'PROXY_REFUSED' | 'PROXY_PROTOCOL';

interface HostPort {
  readonly host: string;
  readonly port: number;
}

/** The longest answer to CONNECT that is read. */
const MAX_HEADER_BYTES = 16 * 1024;

/** How a link dials through a proxy. Names of endpoints are resolved by the proxy, not here. */
export function throughProxy(proxy: ProxyServer, authorities: readonly string[] = []): LinkProxy {
  return {
    host: proxy.host,
    port: proxy.port,
    open: (socket, to) => openTunnel(socket, to, proxy, authorities),
  };
}

async function openTunnel(
  socket: Socket,
  to: HostPort,
  proxy: ProxyServer,
  authorities: readonly string[],
): Promise<Socket> {
  switch (proxy.scheme) {
    case 'http':
      await httpConnect(socket, to, proxy);
      return socket;
    case 'https': {
      const secure = await secureToProxy(socket, proxy.host, authorities);
      await httpConnect(secure, to, proxy);
      return secure;
    }
    case 'socks5':
      await socks5Connect(socket, to, proxy);
      return socket;
  }
}

/** TLS to the proxy itself: it is a public server, so the system's roots decide. */
function secureToProxy(socket: Socket, host: string, authorities: readonly string[]): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const ca = [...getCACertificates('default'), ...getCACertificates('system'), ...authorities];
  // An address is no SNI, and verified by `host`.
  const options = { socket, host, ...(isIP(host) === 0 && { servername: host }) };
  const secure = tlsConnect({ ...options, ca, ALPNProtocols: ['http/1.1'] }, () => {
    resolve(secure);
  });
  secure.once('error', (error: Error & { code?: string }) => {
    const isVerdict = error.code !== undefined && !/^(ERR_SSL|ECONN|EPIPE)/.test(error.code);
    reject(new ProxyError(isVerdict ? 'PROXY_CERTIFICATE' : 'PROXY_PROTOCOL', error.message));
  });
  secure.once('close', () => {
    reject(new ProxyError('PROXY_PROTOCOL', 'the proxy closed the connection during its TLS handshake'));
  });
  return promise;
}

async function httpConnect(socket: Socket, to: HostPort, { user, password }: ProxyServer): Promise<void> {
  const target = joinHostPort(to.host, to.port);
  const basic = Buffer.from(`${user ?? ''}:${password ?? ''}`).toString('base64');
  const authorization = user === undefined ? '' : `Proxy-Authorization: Basic ${basic}\r\n`;
  socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n${authorization}\r\n`);

  const header = await readHeader(socket);
  const answer = /^HTTP\/1\.[01] (\d{3})[^\r\n]*/.exec(header);
  if (!answer) throw new ProxyError('PROXY_PROTOCOL', 'the answer is not HTTP');
  const line = answer[0].replace(/^HTTP\/1\.[01] /, '');
  if (answer[1] === '407') throw new ProxyError('PROXY_AUTH', line);
  if (answer[1] !== '200') throw new ProxyError('PROXY_REFUSED', line);
}

async function readHeader(socket: Socket): Promise<string> {
  let bytes = Buffer.alloc(0);
  for (;;) {
    bytes = Buffer.concat([bytes, await readSome(socket)]);
    const end = bytes.indexOf('\r\n\r\n');
    if (end >= 0) {
      // What follows belongs to the tunnel.
      if (bytes.length > end + 4) socket.unshift(bytes.subarray(end + 4));
      return bytes.subarray(0, end).toString('latin1');
    }
    if (bytes.length > MAX_HEADER_BYTES) throw new ProxyError('PROXY_PROTOCOL', 'the answer has no end');
  }
}

const SOCKS_REPLIES: Readonly<Record<number, string>> = {
  1: 'general failure',
  2: 'not allowed by its rules',
  3: 'network unreachable',
  4: 'host unreachable',
  5: 'connection refused',
  6: 'time to live expired',
  7: 'command not supported',
  8: 'address type not supported',
};

/** RFC 1928, with user and password by RFC 1929. */
async function socks5Connect(socket: Socket, to: HostPort, { user, password }: ProxyServer): Promise<void> {
  const read = exactReader(socket);
  socket.write(Buffer.from(user === undefined ? [5, 1, 0] : [5, 2, 0, 2]));
  const [version, method] = await read(2);
  if (version !== 5) throw new ProxyError('PROXY_PROTOCOL', 'the answer is not SOCKS5');
  if (method === 2 && user !== undefined) {
    socket.write(Buffer.concat([Buffer.from([1]), sized(user), sized(password ?? '')]));
    const [, status] = await read(2);
    if (status !== 0) throw new ProxyError('PROXY_AUTH', 'user name or password refused');
  } else if (method !== 0) {
    throw new ProxyError('PROXY_AUTH', 'the proxy wants a user name and a password');
  }

  const port = Buffer.alloc(2);
  port.writeUInt16BE(to.port);
  socket.write(Buffer.concat([Buffer.from([5, 1, 0]), socksAddress(to.host), port]));
  const [, reply = 1, , type] = await read(4);
  if (reply !== 0) throw new ProxyError('PROXY_REFUSED', SOCKS_REPLIES[reply] ?? `reply ${reply}`);
  const addressBytes = type === 1 ? 4 : type === 4 ? 16 : ((await read(1))[0] ?? 0);
  await read(addressBytes + 2);
}

function socksAddress(host: string): Buffer {
  const ipv4 = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(host);
  if (ipv4) return Buffer.from([1, ...ipv4.slice(1).map(Number)]);
  if (!host.includes(':')) return Buffer.concat([Buffer.from([3]), sized(host)]);
  return Buffer.concat([Buffer.from([4]), ipv6Bytes(host)]);
}

/** The 16 bytes of an IPv6 address, `::` and a trailing IPv4 part included. */
export function ipv6Bytes(address: string): Buffer {
  const plain = (address.split('%')[0] ?? '').replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_all, ...parts: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = parts.slice(0, 4).map(Number);
    return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  });
  const [head = '', tail] = plain.split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const right = tail === undefined ? [] : groups(tail);
  const left = groups(head);
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  const all = [...left, ...zeros, ...right];
  const bytes = Buffer.alloc(16);
  all.forEach((group, index) => bytes.writeUInt16BE(parseInt(group, 16), index * 2));
  return bytes;
}

/** Length in one byte, then the text. */
function sized(text: string): Buffer {
  const bytes = Buffer.from(text);
  if (bytes.length > 255) throw new ProxyError('PROXY_PROTOCOL', 'a name or password is too long for SOCKS5');
  return Buffer.concat([Buffer.from([bytes.length]), bytes]);
}

/** Reads an exact number of bytes at a time; what came beyond them goes back to the socket. */
function exactReader(socket: Socket): (count: number) => Promise<Buffer> {
  return async (count) => {
    let bytes = Buffer.alloc(0);
    while (bytes.length < count) bytes = Buffer.concat([bytes, await readSome(socket)]);
    if (bytes.length > count) socket.unshift(bytes.subarray(count));
    return bytes.subarray(0, count);
  };
}

/** The next bytes. Rejects when the socket ends first; leaves it paused and without listeners. */
function readSome(socket: Socket): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const look = (): void => {
    const bytes = socket.read() as Buffer | null;
    if (bytes === null) return;
    clean();
    resolve(bytes);
  };
  const fail = (error?: Error): void => {
    clean();
    reject(error ?? new ProxyError('PROXY_PROTOCOL', 'the proxy closed the connection'));
  };
  const close = (): void => {
    fail();
  };
  const clean = (): void => {
    socket.off('readable', look).off('error', fail).off('close', close).off('end', close);
  };
  socket.on('readable', look).on('error', fail).on('close', close).on('end', close);
  look();
  return promise;
}
