import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { controlPlaneServers } from '../../../../main/operations/kubeconfig/control-planes.ts';
import { reachServer } from '../../../../main/operations/kubeconfig/reach.ts';
import { signal } from './harness.ts';

test('an address that takes a connection is reachable, and nothing is sent to it', async () => {
  const got: Buffer[] = [];
  const server = createServer((socket) => socket.on('data', (chunk) => got.push(chunk)).on('error', () => undefined));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  expect(await reachServer(`https://127.0.0.1:${port}`, signal)).toEqual({
    server: `https://127.0.0.1:${port}`,
    isReachable: true,
  });
  await new Promise((resolve) => server.close(resolve));
  expect(got).toEqual([]);
  expect(await reachServer(`https://127.0.0.1:${port}`, signal)).toMatchObject({
    isReachable: false,
    why: 'the connection is refused',
  });
});

test.each([
  ['nonsense', 'it is no address'],
  ['https://127.0.0.1:1', 'the connection is refused'],
  ['127.0.0.1:1', 'it is no address'],
])('%s: %s', async (server, why) => {
  expect(await reachServer(server, signal)).toEqual({ server, isReachable: false, why });
});

test('other addresses are those of control planes, on the same port', () => {
  const nodes = [
    { target: 'a', addresses: ['10.0.0.2', 'fd00::2', '10.9.9.9'], role: 'controlplane', sources: [] },
    { target: 'w', addresses: ['10.0.0.9'], role: 'worker', sources: [] },
    { target: 'b', addresses: ['10.0.0.3'], role: 'controlplane', sources: [] },
  ] as const;

  expect(controlPlaneServers({ context: 'c', status: 'ready', nodes }, 'https://10.0.0.3:6443')).toEqual([
    'https://10.0.0.2:6443',
    'https://[fd00::2]:6443',
  ]);
  expect(controlPlaneServers({ context: 'c', status: 'ready', nodes }, '?')).toEqual([]);
});
