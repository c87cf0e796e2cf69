import { createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Client, credentials } from '@grpc/grpc-js';
import { afterEach, describe, expect, it } from 'vitest';
import { Failed } from '../../../main/lib/failed.ts';
import { loadTalosProto } from '../../../main/talos/load-proto.ts';
import type { RequestOrigin } from '../../../main/talos/metadata.ts';
import { requestMetadata } from '../../../main/talos/metadata.ts';

const version = loadTalosProto(join(import.meta.dirname, '../../../proto')).method('/machine.MachineService/Version');

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** The header lines of our own that a raw HTTP/2 server sees, each `name: value`. */
async function headersOnTheWire(origin: RequestOrigin): Promise<string[]> {
  const server = createServer();
  const seen = new Promise<string[]>((resolve) => {
    server.on('stream', (stream, _headers, _flags, raw) => {
      const lines: string[] = [];
      for (let index = 0; index < raw.length; index += 2) lines.push(`${raw[index]}: ${raw[index + 1]}`);
      resolve(lines);
      stream.respond({ ':status': 200, 'content-type': 'application/grpc', 'grpc-status': '0' }, { endStream: true });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = new Client(`127.0.0.1:${(server.address() as AddressInfo).port}`, credentials.createInsecure());
  closers.push(
    () =>
      new Promise<void>(
        (resolve) =>
          void server.close(() => {
            resolve();
          }),
      ),
  );
  closers.push(() => {
    client.close();
  });

  await new Promise<void>((resolve) => {
    client.makeUnaryRequest(
      version.path,
      version.requestSerialize,
      version.responseDeserialize,
      {},
      requestMetadata(origin),
      () => {
        resolve();
      },
    );
  });
  const standard = /^(:|te:|content-type:|user-agent:|grpc-|accept-encoding:)/;
  return (await seen).filter((line) => !standard.test(line)).sort();
}

describe('requestMetadata', () => {
  it('sends one node header, the runtime and the cluster', async () => {
    expect(await headersOnTheWire({ node: '10.5.0.2', cluster: 'prod' })).toEqual([
      'context: prod',
      'node: 10.5.0.2',
      'runtime: Talos',
    ]);
  });

  it('sends only the runtime when the endpoint itself is asked', async () => {
    expect(await headersOnTheWire({})).toEqual(['runtime: Talos']);
  });

  it('sends the user and password of auth.basic in UTF-8', async () => {
    expect(await headersOnTheWire({ basic: { username: 'jo', password: 'pä:ss' } })).toEqual([
      `authorization: Basic ${Buffer.from('jo:pä:ss').toString('base64')}`,
      'runtime: Talos',
    ]);
  });

  it('leaves an empty cluster out', () => {
    expect(requestMetadata({ cluster: '' }).get('context')).toEqual([]);
  });

  it.each([
    'cp-1',
    'cp-1.example.org',
    '10.5.0.2',
    '2001:db8::1',
    '::1',
    'fe80::1%eth0',
    '::ffff:10.5.0.2',
    '0b1e7c9e-2f6a-4a55-8d22-6a4f2c1c9a11',
  ])('accepts %s', (node) => {
    expect(requestMetadata({ node }).get('node')).toEqual([node]);
  });

  it.each<[string, string]>([
    ['', 'An empty text is not a node: a node has a name or an address.'],
    ['10.5.0.2:50000', '"10.5.0.2:50000" is not a node: it has a port, and nodes always answer on port 50000.'],
    ['cp-1:6443', '"cp-1:6443" is not a node: it has a port, and nodes always answer on port 50000.'],
    [
      '[2001:db8::1]:50000',
      '"[2001:db8::1]:50000" is not a node: an IPv6 address is written without brackets and without a port.',
    ],
    ['[2001:db8::1]', '"[2001:db8::1]" is not a node: an IPv6 address is written without brackets and without a port.'],
    ['https://cp-1', '"https://cp-1" is not a node: it looks like a URL.'],
    ['cp-1,cp-2', '"cp-1,cp-2" is not a node: it has a comma, and one request goes to one node.'],
    [' cp-1', '" cp-1" is not a node: it has a space or a character outside ASCII.'],
    [
      'cp-1\r\nnode: cp-2',
      '"cp-1\\u000d\\u000anode: cp-2" is not a node: it has a space or a character outside ASCII.',
    ],
    ['köln', '"köln" is not a node: it has a space or a character outside ASCII.'],
    ['x'.repeat(254), `"${'x'.repeat(60)}…" is not a node: it has more than 253 characters.`],
  ])('refuses the node %j', (node, message) => {
    expect(failureOf({ node })).toMatchObject({ code: 'invalid', message, where: { field: 'node' }, retry: 'never' });
  });

  it('refuses a cluster name that a header cannot carry, without a TypeError', () => {
    expect(failureOf({ cluster: 'prod\n' })).toMatchObject({ code: 'invalid', where: { field: 'cluster' } });
  });
});

function failureOf(origin: RequestOrigin): unknown {
  try {
    requestMetadata(origin);
  } catch (error) {
    if (error instanceof Failed) return error.failure;
    throw error;
  }
  return undefined;
}
