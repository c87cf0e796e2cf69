import { expect, test } from 'vitest';
import { endpointHints } from '../../../../../main/operations/clusters/words/endpoint-hints.ts';
import type { NodeSummary } from '../../../../../preload/contract/index.ts';

const node = (hostname: string, role: NodeSummary['role'], ...addresses: string[]): NodeSummary => ({
  target: addresses[0] ?? hostname,
  hostname,
  addresses,
  role,
  sources: ['discovered'],
});
const nodes = [node('cp-1', 'controlplane', '10.0.0.2', 'fd00::2'), node('w-1', 'worker', '10.0.0.9')];
const hints = (endpoints: readonly string[], more: { nodes?: NodeSummary[]; notForwarding?: string[] } = {}) =>
  endpointHints({ endpoints, nodes: more.nodes ?? nodes, notForwarding: new Set(more.notForwarding) });

test('control planes are fine, in every spelling', () => {
  expect(hints(['10.0.0.2', '[fd00::2]:50000', 'cp-1', 'https://talos.example.org'])).toEqual([]);
});

test('a worker is told by its address, and by what it said', () => {
  expect(hints(['10.0.0.2', '10.0.0.9:50000'])).toEqual([expect.stringMatching(/^10\.0\.0\.9:50000 is a worker/)]);
  expect(hints(['talos.example.org'], { notForwarding: ['talos.example.org'] })).toEqual([
    expect.stringMatching(/^talos\.example\.org is a worker/),
  ]);
});

test('an address of no node may be a virtual one, where the others are addresses of nodes', () => {
  expect(hints(['10.0.0.2', '10.0.0.250'])).toEqual([expect.stringMatching(/^10\.0\.0\.250 .* virtual address/)]);
  expect(hints(['192.168.1.1', '192.168.1.2'])).toEqual([]);
  expect(hints(['10.0.0.2', '10.0.0.250'], { nodes: [] })).toEqual([]);
});

test.each(['127.0.0.1', 'localhost:50000', '[::1]:50000'])('%s is your own computer', (endpoint) => {
  expect(hints([endpoint])).toEqual([expect.stringContaining(`${endpoint} is your own computer`)]);
  expect(hints([endpoint], { nodes: [] })).toHaveLength(1);
});

test('several of them are said at once', () => {
  const said = hints(['127.0.0.2', '127.0.0.3', '127.0.0.4', '127.0.0.5', 'localhost:1'], { nodes: [] });
  expect(said).toEqual([expect.stringContaining('127.0.0.2, 127.0.0.3, 127.0.0.4 and 2 more are your own computer')]);
});

test('a cluster whose nodes have addresses of this computer is no mistake', () => {
  expect(hints(['127.0.0.2'], { nodes: [node('cp-1', 'controlplane', '127.0.0.2')] })).toEqual([]);
});
