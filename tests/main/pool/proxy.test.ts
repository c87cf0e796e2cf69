import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PoolCallError } from '../../../main/pool/calls/call-error.ts';
import { ipv6Bytes } from '../../../main/pool/proxy/proxy-tunnel.ts';
import { callOptions, READ, TestCluster } from './test-endpoints.ts';

let cluster: TestCluster;
const servers: Server[] = [];
const sockets = new Set<Socket>();

beforeEach(async () => {
  cluster = await TestCluster.start(1);
});

afterEach(async () => {
  await cluster.close();
  for (const socket of sockets) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

async function serve(server: Server): Promise<string> {
  servers.push(server);
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The only server behind the proxies: names mean nothing to anybody but them. */
function tunnelTo(client: Socket, first: Buffer): void {
  const { port } = new URL(`http://${cluster.endpoints[0]!.target}`);
  const upstream = connect(Number(port), '127.0.0.1', () => {
    client.write(first);
    client.pipe(upstream).pipe(client);
  });
  sockets.add(upstream);
  upstream.on('error', () => undefined);
}

/** What a proxy was asked for. */
const asked: string[] = [];

function httpProxy(answer = 'HTTP/1.1 200 Connection established'): (client: Socket) => void {
  return (client) => {
    client.on('error', () => undefined);
    client.once('data', (bytes) => {
      asked.push(bytes.toString());
      if (answer.includes(' 200 ')) tunnelTo(client, Buffer.from(`${answer}\r\nX-Proxy: yes\r\n\r\n`));
      else client.end(`${answer}\r\nContent-Length: 0\r\n\r\n`);
    });
  };
}

function socksProxy(login?: string, reply = 0): (client: Socket) => void {
  return (client) => {
    const request = (bytes: Buffer): void => {
      asked.push(bytes.toString('hex'));
      const answer = Buffer.from([5, reply, 0, 1, 127, 0, 0, 1, 0, 1]);
      if (reply === 0) tunnelTo(client, answer);
      else client.end(answer);
    };
    client.once('data', (greeting) => {
      asked.push(greeting.toString('hex'));
      client.write(Buffer.from([5, login === undefined ? 0 : 2]));
      if (login === undefined) {
        client.once('data', request);
        return;
      }
      client.once('data', (bytes) => {
        const size = bytes[1]!;
        const given = `${bytes.subarray(2, 2 + size).toString()}:${bytes.subarray(3 + size).toString()}`;
        client.write(Buffer.from([1, given === login ? 0 : 1]));
        client.once('data', request);
      });
    });
  };
}

const port = (): string => cluster.endpoints[0]!.target.split(':')[1]!;
const poolThrough = (proxyUrl: string, endpoint = `cp.test:${port()}`) =>
  cluster.pool({
    endpoints: [endpoint],
    proxy: { proxyUrl, env: {} },
    lookup: async (host) => Promise.resolve([host]),
  });

const failureOf = async (proxyUrl: string): Promise<string | undefined> => {
  const error: unknown = await poolThrough(proxyUrl)
    .unary(READ, 'x', callOptions())
    .catch((e: unknown) => e);
  return error instanceof PoolCallError ? error.reasons[0]?.failure?.message : String(error);
};

beforeEach(() => {
  asked.length = 0;
});

test('http: CONNECT with the endpoint’s name, which only the proxy resolves', async () => {
  const proxy = await serve(createServer(httpProxy()));

  const answer = await poolThrough(`http://${proxy}`).unary(READ, 'x', callOptions());

  expect(answer.value).toBe('server-1 read x');
  expect(asked[0]).toBe(`CONNECT cp.test:${port()} HTTP/1.1\r\nHost: cp.test:${port()}\r\n\r\n`);
});

test('http: user and password', async () => {
  const proxy = await serve(createServer(httpProxy()));

  await poolThrough(`http://me:p%40ss@${proxy}`).unary(READ, 'x', callOptions());

  expect(asked[0]).toContain(`Proxy-Authorization: Basic ${Buffer.from('me:p@ss').toString('base64')}\r\n`);
});

test('https: TLS to the proxy, and TLS to the endpoint inside it', async () => {
  const { mintAuthority } = await import('../../../main/credentials/mint.ts');
  const authority = await mintAuthority('proxy');
  const leaf = await authority.issue({ eku: 'serverAuth', ipAddresses: ['127.0.0.1'] });
  const proxy = await serve(createTlsServer({ cert: leaf.certPem, key: leaf.keyPem }, httpProxy()));
  const pool = cluster.pool({
    endpoints: [`cp.test:${port()}`],
    proxy: { proxyUrl: `https://${proxy}`, env: {}, authorities: [authority.certPem] },
    limits: { silenceMs: 40, probeTimeoutMs: 2000 },
  });
  cluster.endpoints[0]!.onRead = (_call, reply) => {
    const late = setInterval(() => {
      if (cluster.endpoints[0]!.seen.Probe < 2) return;
      clearInterval(late);
      reply(null, 'late');
    }, 5);
  };

  // Late, so that the bytes of the answered probes must be seen through both layers of TLS.
  const answer = await pool.unary(READ, 'x', callOptions());

  expect(answer.value).toBe('late');
  expect(pool.status()[0]!.phase).toBe('ready');
  expect(asked[0]).toContain(`CONNECT cp.test:${port()} `);
  expect(await failureOf(`https://${proxy}`)).toBe(
    `cp.test:${port()} could not be reached: the proxy ${proxy} shows a certificate that this computer does not trust.`,
  );
});

test('socks5: name, address, IPv6', async () => {
  const proxy = await serve(createServer(socksProxy()));

  const answer = await poolThrough(`socks5://${proxy}`).unary(READ, 'x', callOptions());
  await poolThrough(`socks5://${proxy}`, `127.0.0.1:${port()}`).unary(READ, 'x', callOptions());
  await poolThrough(`socks5://${proxy}`, `[::1]:${port()}`).unary(READ, 'x', callOptions());

  const portHex = Number(port()).toString(16).padStart(4, '0');
  expect(answer.value).toBe('server-1 read x');
  expect(asked).toEqual([
    '050100',
    `0501000307${Buffer.from('cp.test').toString('hex')}${portHex}`,
    '050100',
    `050100017f000001${portHex}`,
    '050100',
    `05010004${'0'.repeat(31)}1${portHex}`,
  ]);
});

test('socks5: user and password', async () => {
  const proxy = await serve(createServer(socksProxy('me:secret')));

  expect((await poolThrough(`socks5://me:secret@${proxy}`).unary(READ, 'x', callOptions())).value).toContain('read x');
  expect(await failureOf(`socks5://me:wrong@${proxy}`)).toContain('does not accept the user name and password');
});

test.each<[string, (proxy: string) => string, (client: Socket) => void, string]>([
  [
    'a proxy that wants a login',
    (p) => `http://${p}`,
    httpProxy('HTTP/1.1 407 Proxy Authentication Required'),
    'does not accept the user name and password.',
  ],
  ['a proxy that refuses', (p) => `http://${p}`, httpProxy('HTTP/1.1 403 Forbidden'), 'refused to connect.'],
  [
    'a proxy that is none',
    (p) => `http://${p}`,
    httpProxy('SSH-2.0-OpenSSH'),
    'does not speak the protocol its URL says.',
  ],
  ['a socks5 proxy that refuses', (p) => `socks5://${p}`, socksProxy(undefined, 5), 'refused to connect.'],
])('%s is named with what it did, never with its password', async (_name, url, handle, words) => {
  const proxy = await serve(createServer(handle));

  expect(await failureOf(url(`me:hunter2@${proxy}`))).toBe(
    `cp.test:${port()} could not be reached: the proxy ${proxy} ${words}`,
  );
});

test('a proxy that is down, and one that is silent', async () => {
  const gone = createServer();
  const proxy = await serve(gone);
  gone.close();
  expect(await failureOf(`http://${proxy}`)).toContain(`the proxy ${proxy} refused the connection.`);

  const silent = await serve(createServer((client) => client.resume()));
  const pool = cluster.pool({
    endpoints: ['cp.test'],
    proxy: { proxyUrl: `socks5://${silent}`, env: {} },
    limits: { connectTimeoutMs: 80 },
  });
  const error: unknown = await pool.unary(READ, 'x', callOptions()).catch((e: unknown) => e);
  expect((error as PoolCallError).reasons[0]?.failure?.message).toContain('did not connect in time.');
});

test('a proxy-url that means nothing is a problem of the endpoint, and nothing is dialled', async () => {
  expect(await failureOf('ftp://me:hunter2@proxy')).toBe(
    'The proxy scheme "ftp" is not supported: use http, https or socks5.',
  );
  expect(cluster.endpoints[0]!.accepted).toBe(0);
});

test.each([
  ['::1', '00000000000000000000000000000001'],
  ['2001:db8::ff00:42:8329', '20010db8000000000000ff0000428329'],
  ['fd00:1:2:3:4:5:6:7', 'fd000001000200030004000500060007'],
  ['::ffff:10.0.0.1', '00000000000000000000ffff0a000001'],
  ['fe80::1%eth0', 'fe800000000000000000000000000001'],
])('the bytes of %s', (address, hex) => {
  expect(ipv6Bytes(address).toString('hex')).toBe(hex);
});
