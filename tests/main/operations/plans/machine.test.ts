import { describe, expect, it } from 'vitest';
import { machineOf, machinesOf } from '../../../../main/operations/plans/machine.ts';
import type { NodeSummary } from '../../../../preload/contract/index.ts';

const node = (target: string, more: Partial<NodeSummary> = {}): NodeSummary => ({
  target,
  addresses: [target],
  role: 'controlplane',
  sources: ['discovered'],
  ...more,
});

const NODES = [
  node('10.5.0.2', { hostname: 'cp-1', addresses: ['10.5.0.2', 'fd00::2'] }),
  node('10.5.0.3', { hostname: 'cp-2' }),
];

describe('the machine of a deed', () => {
  it.each(['10.5.0.2', 'cp-1', 'fd00::2'])('is found by %s', (name) => {
    expect(machineOf(name, NODES)).toMatchObject({ node: '10.5.0.2', name: 'cp-1' });
  });

  it('is none for an address that no discovered machine has, such as a virtual IP the context names', () => {
    const withAddress = [...NODES, node('10.5.0.100', { sources: ['context'] })];

    expect(() => machineOf('10.5.0.100', withAddress)).toThrow('No machine of this cluster is known as “10.5.0.100”');
  });

  it('is none for an address that two machines have', () => {
    const shared = [...NODES, node('10.5.0.4', { addresses: ['10.5.0.4', '10.5.0.3'] })];

    expect(() => machineOf('10.5.0.3', shared)).toThrow('More than one machine');
  });

  it('is the node of the context where nothing was discovered', () => {
    expect(machineOf('10.5.0.9', [node('10.5.0.9', { sources: ['context'] })]).node).toBe('10.5.0.9');
  });

  it('is each once, and an empty list means none, never all', () => {
    expect(machinesOf(['cp-2', '10.5.0.3', 'cp-1'], NODES).map((one) => one.node)).toEqual(['10.5.0.3', '10.5.0.2']);
    expect(() => machinesOf([], NODES)).toThrow('No machine was named, so nothing is done.');
  });
});
