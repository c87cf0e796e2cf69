import { expect, it } from 'vitest';
import { resetLookUp } from '../../../../../main/operations/deeds/reset/reset-look-up.ts';
import { FakeClock } from '../../../../fakes/fake-clock.ts';
import { NO_CONFIGS } from '../../../../fakes/no-configs.ts';
import { ModelCluster } from '../model/model-cluster.ts';

it.each<[string, string, string | undefined, number, string, RegExp]>([
  ['in the boot it was in', '1', undefined, 120_000, 'not-done', /has not started anew since then/],
  ['in that boot, a moment after it was asked', '1', undefined, 5_000, 'goes-on', /not started anew yet/],
  ['in another boot', '0', undefined, 120_000, 'unknown', /whether anything was wiped cannot be seen/],
  ['with another identity', '0', 'It has another identity.', 120_000, 'unknown', /^It has another identity\.$/],
])('of a reset, a machine that runs %s tells what came of it', async (_what, boot, another, sinceMs, kind, text) => {
  const cluster = new ModelCluster(new FakeClock(), 1, 1);
  const node = '10.0.1.0';

  const came = await resetLookUp({
    ...{ caller: cluster.caller, node, name: 'worker-0', another, sinceMs, signal: new AbortController().signal },
    ...{ configs: NO_CONFIGS, params: {}, identity: { uuid: undefined, nodeId: undefined } },
    before: { bootId: `${node}-boot-${boot}`, version: 'v1.13.9' },
    plan: () => Promise.reject(new Error('it is not planned')),
  });

  expect(came).toMatchObject({ kind, text: expect.stringMatching(text) as string });
});

it.each([
  ['all of Talos', { mode: 'all' }, 'done', /^It is the same machine, by its UUID, with another identity/],
  ['STATE alone', { mode: 'all', labels: 'STATE' }, 'done', /by this deed or by somebody else\.$/],
  ['user disks as well', { mode: 'all', disks: '/dev/sdb' }, 'unknown', /Whether its user disks were wiped cannot/],
  ['what keeps its identity', { mode: 'all', labels: 'EPHEMERAL' }, 'unknown', /^It has another identity\.$/],
])('the same machine with another identity was reset, where that wiped %s', async (_what, params, kind, text) => {
  const tools = {
    ...{ node: '10.0.1.0', name: 'worker-0', another: 'It has another identity.', sinceMs: 60_000 },
    ...{ configs: NO_CONFIGS, params, signal: new AbortController().signal },
    ...{ caller: new ModelCluster(new FakeClock(), 1, 1).caller, plan: () => Promise.reject(new Error('no')) },
  };
  const before = { uuid: 'uuid-1', nodeId: 'a' };
  const came = await resetLookUp({ ...tools, before, identity: { uuid: 'uuid-1', nodeId: 'b' } });
  expect(came).toMatchObject({ kind, text: expect.stringMatching(text) as string });
  // Another machine says nothing of this one.
  const other = await resetLookUp({ ...tools, before, identity: { uuid: 'uuid-2', nodeId: 'b' } });
  expect(other).toEqual({ kind: 'unknown', text: 'It has another identity.' });
});
