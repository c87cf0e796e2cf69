import { createSecureServer, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { handedOutIdentity } from '../../../main/credentials/handed-out-client.ts';
import { Identity } from '../../../main/credentials/identity.ts';
import { mintAuthority } from '../../../main/credentials/mint.ts';
import { serverTlsOptions } from '../../../main/credentials/server-credentials.ts';
import { KubernetesConnection } from '../../../main/kubernetes/connection.ts';
import { readNode, readPod } from '../../../main/kubernetes/objects.ts';
import { KubernetesReader } from '../../../main/kubernetes/reader.ts';

type Answer = (stream: ServerHttp2Stream, path: string) => void;

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const NEVER = new AbortController().signal;
const sessions = new Set<ServerHttp2Session>();
const asked: string[] = [];
let answer: Answer;
let server: ReturnType<typeof createSecureServer>;
let port = 0;
let identity: Identity;
const readers: KubernetesReader[] = [];

beforeAll(async () => {
  const authority = await mintAuthority('kubernetes', { keyAlgorithm: 'ecdsa' });
  const leaf = await authority.issue({ eku: 'serverAuth', ipAddresses: ['127.0.0.1'], keyAlgorithm: 'ecdsa' });
  const client = await authority.issue({ organizations: ['system:masters'], keyAlgorithm: 'ecdsa' });
  server = createSecureServer(serverTlsOptions({ ca: authority.certPem, cert: leaf.certPem, key: leaf.keyPem }));
  server.on('session', (session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
  });
  server.on('stream', (stream, headers) => {
    stream.on('error', () => undefined);
    asked.push(headers[':path'] ?? '');
    answer(stream, headers[':path'] ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  const handedOut = { ca: base64(authority.certPem), crt: base64(client.certPem), key: base64(client.keyPem) };
  identity = handedOutIdentity(handedOut, Date.now()) as Identity;
});

afterEach(async () => {
  for (const reader of readers.splice(0)) reader.close();
  asked.length = 0;
  await Promise.all([...sessions].map((one) => new Promise((resolve) => one.once('close', resolve))));
});

afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

function open(as = identity, at = { host: '127.0.0.1', port }): KubernetesReader {
  const reader = new KubernetesReader(new KubernetesConnection(at, as, Date.now));
  readers.push(reader);
  return reader;
}

function json(stream: ServerHttp2Stream, body: unknown, status = 200): void {
  stream.respond({ ':status': status });
  stream.end(typeof body === 'string' ? body : JSON.stringify(body));
}

const node = (name: string) => ({ metadata: { name }, status: { addresses: [{ type: 'InternalIP', address: name }] } });

describe('a reader of Kubernetes', () => {
  it('reads a list page by page over one connection, and leaves out what is of another shape', async () => {
    answer = (stream, path) =>
      json(
        stream,
        path.includes('continue=2')
          ? { items: [node('c')], metadata: {} }
          : { items: [node('a'), 'nonsense', node('b')], metadata: { continue: '2' } },
      );

    expect((await open().nodes(NEVER)).map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect(asked).toEqual(['/api/v1/nodes?limit=200', '/api/v1/nodes?limit=200&continue=2']);
    expect(sessions.size).toBe(1);
  });

  it('connects anew after the connection broke', async () => {
    answer = (stream) => json(stream, { items: [node('a')] });
    const reader = open();
    await reader.nodes(NEVER);
    for (const session of sessions) session.destroy();
    answer = (stream) => json(stream, { items: [node('b')] });

    const again = await reader.nodes(NEVER).catch(() => reader.nodes(NEVER));
    expect(again.map(({ name }) => name)).toEqual(['b']);
  });

  it.each<[string, Answer, { code: string; message: string }]>([
    [
      'a refusal, in the words of the server with what nobody sees written out',
      (stream) => json(stream, { message: 'nodes is forbidden\u202e' }, 403),
      { code: 'denied', message: 'The API of Kubernetes answered 403: nodes is forbidden\\u202e.' },
    ],
    [
      'an answer of another service',
      (stream) => json(stream, '<html>', 502),
      { code: 'precondition', message: 'The API of Kubernetes answered 502.' },
    ],
    [
      'something else than JSON',
      (stream) => json(stream, '<html>'),
      { code: 'invalid', message: 'The API of Kubernetes answered with something else than JSON.' },
    ],
    [
      'JSON that is no list',
      (stream) => json(stream, { kind: 'Node' }),
      { code: 'invalid', message: 'The API of Kubernetes answered without a list.' },
    ],
    [
      'more than is read',
      (stream) => json(stream, 'x'.repeat(16 * 1024 * 1024 + 1)),
      { code: 'too-large', message: 'The API of Kubernetes answers with more than Minos reads.' },
    ],
  ])('fails on %s', async (_what, with_, failure) => {
    answer = with_;

    await expect(open().nodes(NEVER)).rejects.toMatchObject({ failure });
  });

  it('does not follow a list without an end', async () => {
    const items = Array.from({ length: 5_000 }, (_, index) => node(`n${index}`));
    answer = (stream) => json(stream, { items, metadata: { continue: 'x' } });

    await expect(open().nodes(NEVER)).rejects.toMatchObject({ failure: { code: 'too-large' } });
    expect(asked).toHaveLength(2);
  });

  it('gives up when it is told to, while nothing answers', async () => {
    const stop = new AbortController();
    answer = () => stop.abort();

    await expect(open().nodes(stop.signal)).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('sends nothing to a server of another authority', async () => {
    const other = await mintAuthority('other', { keyAlgorithm: 'ecdsa' });

    const reading = open(new Identity({ ca: [other.certPem] })).nodes(NEVER);
    await expect(reading).rejects.toMatchObject({ failure: { code: 'untrusted' } });
    expect(asked).toEqual([]);
  });
});

it('a key that was handed out is in no text of the identity it became', () => {
  expect(JSON.stringify({ identity })).toBe('{"identity":"[identity]"}');
});

it.each([
  ['ready', { conditions: [{ type: 'Ready', status: 'True' }] }, { isReady: true, isOver: false }],
  ['not ready', { conditions: [{ type: 'Ready', status: 'False' }] }, { isReady: false, isOver: false }],
  ['failed', { phase: 'Failed' }, { isReady: false, isOver: true }],
  ['ended', { containerStatuses: [{ state: { terminated: { exitCode: 0 } } }] }, { isOver: true }],
  ['half ended', { containerStatuses: [{ state: { terminated: {} } }, { state: { running: {} } }] }, { isOver: false }],
])('a pod that is %s is read so', (_what, status, read) => {
  expect(readPod({ metadata: { name: 'p' }, status })).toMatchObject(read);
});

it('a node is read without what it does not say', () => {
  const bare = { name: 'n', ips: [], isControlPlane: false, isReady: false, isSchedulable: true };
  expect(readNode({ metadata: { name: 'n' } })).toEqual(bare);
});
