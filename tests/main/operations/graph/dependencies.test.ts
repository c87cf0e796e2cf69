import { afterEach, describe, expect, it } from 'vitest';
import type { DependencyItem } from '../../../../preload/contract/index.ts';
import type { Caller } from '../../../../main/operations/clusters/caller.ts';
import { readGraph } from '../../../../main/operations/graph/dependencies.ts';
import { dependencyGraph, type Use } from '../../../../main/operations/graph/dependency-edges.ts';
import { openBench, type Bench } from '../work/runs-harness.ts';

const use = (controller: string, edge_type: string, type: string, id = ''): Use =>
  ({
    ...{ controller_name: controller, edge_type, resource_type: type, resource_id: id },
    resource_namespace: 'network',
  }) as Use;

describe('the graph of dependencies', () => {
  const uses = [
    use('a.AController', 'OUTPUT_EXCLUSIVE', 'As.net'),
    use('b.BController', 'INPUT_STRONG', 'As.net'),
    use('b.BController', 'INPUT_WEAK', 'As.net', 'only'),
    use('b.BController', 'INPUT_DESTROY_READY', 'Cs.net'),
    use('b.BController', 'OUTPUT_SHARED', 'Bs.net'),
  ];

  it('leads from controllers to what they make, and from types to who reads them, as talosctl draws it', () => {
    const { nodes, edges } = dependencyGraph(uses, []);

    expect(nodes.map(({ kind, label }) => `${kind} ${label}`)).toEqual([
      'controller a.AController',
      'type As.net',
      'controller b.BController',
      'type Bs.net',
    ]);
    expect(edges.map(({ from, to, kind, resource }) => [from, to, kind, resource])).toEqual([
      ['c a.AController', 't As.net', 'output-exclusive', undefined],
      ['t As.net', 'c b.BController', 'input-strong', undefined],
      ['t As.net', 'c b.BController', 'input-weak', 'only'],
      ['c b.BController', 't Bs.net', 'output-shared', undefined],
    ]);
  });

  it('has resources in place of their type: made by their owner alone, read by id where one is named', () => {
    const resource = (id: string, owner: string) => ({ type: 'As.net', namespace: 'network', id, owner });

    const { edges } = dependencyGraph(uses, [resource('only', 'a.AController'), resource('other', 'x')]);

    expect(edges.map(({ from, to, kind }) => `${from} ${kind} ${to}`)).toEqual([
      'c a.AController output-exclusive r network/As.net/only',
      'r network/As.net/only input-strong c b.BController',
      'r network/As.net/other input-strong c b.BController',
      'r network/As.net/only input-weak c b.BController',
      'c b.BController output-shared t Bs.net',
    ]);
  });
});

it.each([
  [1_000, 1_000, undefined],
  [2_001, 0, 'The resources of 1 of 1 types were not read: they are refused, or too many. The types stand for them.'],
])('of %i resources of one type %i are drawn, and what is left out is said', async (count, drawn, note) => {
  const caller = {
    context: 'sim',
    unary: () =>
      Promise.resolve({ value: { messages: [{ edges: [use('a.AController', 'OUTPUT_EXCLUSIVE', 'As.net')] }] } }),
    async *serverStream() {
      for (let at = 0; at < count; at += 1) {
        yield await Promise.resolve({
          resource: { metadata: { namespace: 'network', id: `a${at}`, owner: 'a.AController' } },
        });
      }
    },
  } as unknown as Caller;
  const items: DependencyItem[] = [];

  const { signal } = new AbortController();
  for await (const item of readGraph(caller, { node: 'cp-1', hasResources: true }, signal)) items.push(item);

  const nodes = items.flatMap((item) => (item.type === 'nodes' ? item.nodes : []));
  expect(nodes.filter(({ kind }) => kind === 'resource')).toHaveLength(drawn);
  expect(items.find(({ type }) => type === 'notes')).toMatchObject({ notes: note === undefined ? [] : [note] });
});

describe('the dependencies of a node', () => {
  let bench: Bench;

  afterEach(async () => {
    expect(await bench.close()).toBe(0);
  });

  it.each([false, true])('come in pieces, with resources: %s', async (hasResources) => {
    bench = await openBench();
    const items: DependencyItem[] = [];
    const { signal } = new AbortController();
    const caller = bench.workspace.clusters.of('sim');

    for await (const item of readGraph(caller, { node: 'cp-1', hasResources }, signal)) items.push(item);

    const nodes = items.flatMap((item) => (item.type === 'nodes' ? item.nodes : []));
    const edges = items.flatMap((item) => (item.type === 'edges' ? item.edges : []));
    expect(nodes.length).toBeGreaterThan(200);
    expect(edges.length).toBeGreaterThan(200);
    const known = new Set(nodes.map(({ id }) => id));
    expect(edges.every(({ from, to }) => known.has(from) && known.has(to))).toBe(true);
    expect(nodes.some(({ kind }) => kind === 'resource')).toBe(hasResources);
    expect(items.at(-1)).toMatchObject({
      talosctl: expect.stringMatching(hasResources ? /dependencies --with-resources$/ : /dependencies$/) as string,
    });
  });
});
