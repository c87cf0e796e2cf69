import { expect, test } from 'vitest';
import { controlPlaneCandidates } from '../../../../../main/operations/clusters/control-planes/candidates.ts';
import type { NodeRole, NodeSummary } from '../../../../../preload/contract/index.ts';

const node = (target: string, role: NodeRole, state?: 'online' | 'offline'): NodeSummary => ({
  target,
  addresses: [target],
  role,
  sources: ['discovered'],
  ...(state && { seen: { state, atMs: 0 } }),
});

test('control planes are asked first, the endpoint itself next, offline ones last, workers never', () => {
  const nodes = [
    node('w', 'worker'),
    node('a', 'controlplane', 'offline'),
    node('b', 'controlplane'),
    node('x', 'unknown'),
  ];

  expect(controlPlaneCandidates({ nodes }).map((one) => one?.target)).toEqual(['b', undefined, 'x', 'a']);
});
