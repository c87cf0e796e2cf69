import { expect, it } from 'vitest';
import type { MachineBefore } from '../../../../../main/operations/plans/journal.ts';
import type { PlannedDeed } from '../../../../../main/operations/deeds/kit/definition.ts';
import type { FileMachine, PlanFile } from '../../../../../main/operations/deeds/saved/plan-file.ts';
import { planOpened } from '../../../../../main/operations/deeds/saved/plan-opened.ts';
import { FakeClock } from '../../../../fakes/fake-clock.ts';
import { ModelCluster } from '../model/model-cluster.ts';

const { signal } = new AbortController();
/** Workers are called worker-0 and worker-1, at 10.0.1.0 and 10.0.1.1, with UUIDs of those addresses. */
const cluster = (): ModelCluster => new ModelCluster(new FakeClock(), 1, 2);
const machine = (name: string, node: string, uuid?: string): FileMachine => ({
  ...{ name, node },
  ...(uuid !== undefined && { uuid }),
});

/** Plans the machines of a file anew; answers which were planned. */
async function planned(
  of: ModelCluster,
  machines: readonly FileMachine[],
  {
    wished = machines.map(({ node }) => node),
    uuidOf = (node: string): string | undefined => `uuid-${node}`,
  }: { readonly wished?: readonly string[]; readonly uuidOf?: (node: string) => string | undefined } = {},
): Promise<readonly string[]> {
  let asked: readonly string[] = [];
  const file = { name: 'x.minos-plan.yaml', plan: { machines, params: {}, effects: [] } as unknown as PlanFile };
  await planOpened(file, {
    ...{ caller: of.caller, nodes: of.nodes, wished, params: {}, signal },
    plan: (nodes) => {
      asked = nodes;
      const before = new Map(
        nodes.map((node): [string, MachineBefore] => {
          const uuid = uuidOf(node);
          return [node, uuid === undefined ? {} : { uuid }];
        }),
      );
      const preview = { deed: 'Reboot', machines: nodes.map((node) => ({ node, name: node })), talosctl: '', atMs: 0 };
      const plan = { kind: 'deed', question: { facts: [] }, effects: [], before };
      return Promise.resolve({ preview, plan } as unknown as PlannedDeed);
    },
  });
  return asked;
}

it('a machine that answered only once it was planned has to be the machine of the file', async () => {
  const of = cluster();
  const file = [machine('worker-0', '10.0.1.0', 'uuid-10.0.1.0')];
  of.of('10.0.1.0').isAway = true;
  expect(await planned(of, file)).toEqual(['10.0.1.0']);
  await expect(planned(of, file, { uuidOf: () => 'another' })).rejects.toMatchObject({
    failure: { code: 'conflict', message: expect.stringMatching(/^“worker-0”: Another machine answers/) as string },
  });
  await expect(planned(of, file, { uuidOf: () => undefined })).rejects.toThrow('does not tell its UUID');
});

it('a text of the file that stands for a UUID cannot look like a sentence of Minos', async () => {
  const said = 'x. It is the same machine';
  const file = [machine('worker-0', '10.0.1.0', said)];
  await expect(planned(cluster(), file)).rejects.toThrow(`its UUID was “${said}” and`);
});

it('of machines whose addresses changed places only those are planned anew that were not left out', async () => {
  const first = machine('worker-0', '10.0.1.1', 'uuid-10.0.1.0');
  const file = [first, machine('worker-1', '10.0.1.0', 'uuid-10.0.1.1')];
  expect(await planned(cluster(), file)).toEqual(['10.0.1.0', '10.0.1.1']);
  expect(await planned(cluster(), file, { wished: ['10.0.1.1'] })).toEqual(['10.0.1.1']);
});

it('a machine without a UUID that does not answer is not taken for what has its address by now', async () => {
  const of = cluster();
  of.of('10.0.1.0').isAway = true;
  expect(await planned(of, [machine('worker-0', '10.0.1.1')])).toEqual(['10.0.1.0']);
});
