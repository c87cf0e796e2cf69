import { describe, expect, it } from 'vitest';
import type { LensContainer, LensNodeSources } from '../../../../preload/contract/index.ts';
import { sourceChoices, wishesOf, workloadOf } from '../../../../renderer/features/lens/sources/source-choices.ts';
import { failureOf } from '../../../fakes/bridge/fake-bridge.ts';

const NODES = [
  { target: '10.5.0.2', name: 'cp-1' },
  { target: '10.5.0.11', name: 'worker-01' },
];

const container = (namespace: string, pod: string, name: string): LensContainer => ({
  ...{ id: `${namespace}/${pod}:${name}`, namespace, pod, name, status: 'CONTAINER_RUNNING' },
});

const SOURCES: readonly LensNodeSources[] = [
  {
    node: '10.5.0.2',
    services: ['kubelet', 'etcd'],
    containers: [
      container('kube-system', 'kube-proxy-x7k2p', 'kube-proxy'),
      container('kube-system', 'kube-apiserver-cp-1', 'kube-apiserver'),
    ],
  },
  {
    node: '10.5.0.11',
    services: ['kubelet'],
    containers: [container('kube-system', 'kube-proxy-9dzqv', 'kube-proxy')],
  },
];

describe('the pods of one workload', () => {
  it.each([
    ['kube-proxy-x7k2p', 'cp-1', 'kube-proxy'],
    ['checkout-7b9c6d5f8d-x2v4k', 'worker-01', 'checkout'],
    ['postgres-0', 'worker-01', 'postgres'],
    ['kube-apiserver-cp-1', 'cp-1', 'kube-apiserver'],
    ['kube-apiserver-cp-1', 'cp-2', 'kube-apiserver-cp'],
    ['single', 'cp-1', 'single'],
  ])('%s on %s belongs to %s', (pod, node, workload) => {
    expect(workloadOf(pod, node)).toBe(workload);
  });
});

describe('what can be followed', () => {
  it('is listed once, with the nodes that have it', () => {
    const choices = sourceChoices(SOURCES, NODES).map(({ key, nodes }) => [key, nodes.size]);

    expect(choices).toEqual([
      ['kernel', 2],
      ['events', 2],
      ['service:etcd', 1],
      ['service:kubelet', 2],
      ['container:kube-system/kube-apiserver:kube-apiserver', 1],
      ['container:kube-system/kube-proxy:kube-proxy', 2],
    ]);
  });

  it('becomes sources on the nodes that have it', () => {
    const keys = ['kernel', 'service:etcd', 'container:kube-system/kube-proxy:kube-proxy'];

    expect(wishesOf({ nodes: 'all', keys }, SOURCES, NODES)).toEqual([
      { kind: 'kernel', node: '10.5.0.2' },
      { kind: 'service', node: '10.5.0.2', id: 'etcd' },
      { kind: 'container', node: '10.5.0.2', id: 'kube-system/kube-proxy-x7k2p:kube-proxy' },
      { kind: 'kernel', node: '10.5.0.11' },
      { kind: 'container', node: '10.5.0.11', id: 'kube-system/kube-proxy-9dzqv:kube-proxy' },
    ]);
    expect(wishesOf({ nodes: ['10.5.0.11'], keys: ['events'] }, SOURCES, NODES)).toEqual([
      { kind: 'events', node: '10.5.0.11' },
    ]);
  });

  it('follows a service also on a node of which it is not known whether it has it', () => {
    const down = { node: '10.5.0.11', services: [], containers: [], failure: failureOf('unreachable', 'No answer.') };
    const wishes = wishesOf({ nodes: 'all', keys: ['service:etcd'] }, [SOURCES[0]!, down], NODES);

    expect(wishes.map(({ node }) => node)).toEqual(['10.5.0.2', '10.5.0.11']);
  });
});
