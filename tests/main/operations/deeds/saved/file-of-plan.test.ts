import { expect, it } from 'vitest';
import { FakeClock } from '../../../../fakes/fake-clock.ts';
import { Value } from '../../../../../main/lib/observable.ts';
import { differences } from '../../../../../main/operations/deeds/saved/differences.ts';
import { fileOfPlan, type MadePlan } from '../../../../../main/operations/deeds/saved/file-of-plan.ts';
import { readPlan } from '../../../../../main/operations/deeds/saved/read-plan.ts';
import { SavedPlans } from '../../../../../main/operations/deeds/saved/saved-plans.ts';
import { planText } from '../../../../../main/operations/deeds/saved/write-plan.ts';
import { Tokens } from '../../../../../main/operations/plans/tokens.ts';

/** An upgrade of 200 machines, each of which says some sentences of its drain, and one sentence names most of them. */
function largePlan(): MadePlan {
  const machines = Array.from({ length: 200 }, (_none, at) => ({ node: `10.0.0.${at}`, name: `worker-${at}` }));
  const saw = 'worker, running, ready, ready in Kubernetes, with 43 pods of 12 namespaces';
  const effects = [
    `Kubernetes does not call ${machines.map(({ name }) => `${name}.rack-7.example.com`).join(', ')} ready as it is.`,
    ...machines.flatMap(({ name }) =>
      ['Evicts 43 pods from', 'Pods with data of their own lose it on', 'Two budgets may hold the drain of'].map(
        (words) => `${words} ${name}: ${'one-of-its-pods, '.repeat(8)}and more.`,
      ),
    ),
  ];
  const before = new Map(
    machines.map(({ node }) => [node, { uuid: `uuid-${node}`, nodeId: `id-${node}`, version: 'v1.13.9', saw }]),
  );
  return {
    definition: { id: 'upgrade', params: [] },
    ...{ params: {}, authorities: ['ab'.repeat(32)], minos: '0.1.0' },
    plan: { head: { context: 'prod' }, effects, before } as unknown as MadePlan['plan'],
    preview: { deed: 'Upgrade 200 machines', machines, talosctl: 'talosctl upgrade', atMs: 0 },
  };
}

it('a plan for 200 machines, with all that it does on each, can be saved', () => {
  const tokens = new Tokens(new FakeClock());
  const saved = new SavedPlans({ tokens, contexts: new Value({ contexts: [] }), definitions: [] });
  expect(saved.keep(largePlan())).toEqual({ saved: expect.any(String) as string });
});

it('a plan says what it takes away from a machine that goes by a long name', () => {
  const node = `worker-1.${'rack.'.repeat(40)}example.com`;
  const made = largePlan();
  const loses = [{ node, name: 'sdb', what: 'xfs', depth: 0 }];
  const preview = { ...made.preview, machines: [{ node, name: node }], loses };
  expect(fileOfPlan({ ...made, preview })).toMatchObject({ loses: [{ node, name: 'sdb', what: 'xfs' }] });
});

it('a sentence that is too long for a file is no other one when the plan is opened', () => {
  const made = largePlan();
  const file = fileOfPlan(made);
  if (typeof file === 'string') expect.fail(file);
  expect(file.effects[0]).toHaveLength(2_000);
  expect(readPlan(planText(file), 'x')).toEqual(file);
  const now = { preview: made.preview, effects: made.plan.effects, before: new Map(), params: {}, machines: [] };
  expect(differences(file, now)).toEqual([]);
});
