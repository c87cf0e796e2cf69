import { expect, it } from 'vitest';
import { findings } from '../../../../main/operations/health/attention-list.ts';
import type { Situation } from '../../../../main/operations/health/rules/situation.ts';
import { calm, etcd, leaderless } from './situations.ts';

const quorum = (alive: number): Partial<Situation> => ({
  etcd: etcd({ quorum: { voters: 3, needed: 2, alive, mayLose: alive - 2 } }),
});

it.each<[string, Partial<Situation>, string]>([
  ['that has no leader leads to its recovery', { etcd: leaderless() }, 'recovery'],
  ['that has lost its quorum leads to its recovery', quorum(1), 'recovery'],
  ['that may lose no further member leads to its members', quorum(2), 'etcd-status'],
])('an etcd %s', (_what, situation, leadsTo) => {
  const [action] = findings(calm(situation)).map((item) => item.action);
  expect(action).toMatchObject(
    leadsTo === 'recovery' ? { kind: 'open', what: leadsTo } : { kind: 'run', command: leadsTo },
  );
});
