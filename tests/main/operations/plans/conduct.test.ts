import { describe, expect, it } from 'vitest';
import { Failed } from '../../../../main/lib/failed.ts';
import { machinesOf, type Machine } from '../../../../main/operations/plans/machine.ts';
import type { SteppedDeed, WorkAct } from '../../../../main/operations/plans/plan.ts';
import { Plans } from '../../../../main/operations/plans/plans.ts';
import type { NodeSummary } from '../../../../preload/contract/index.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';

const NAMES = ['a', 'b'];
const MACHINES = machinesOf(
  NAMES,
  NAMES.map((target) => ({ target, addresses: [target], sources: ['discovered'] }) as unknown as NodeSummary),
);

/** A deed on two machines at once; what is done on each is resolved or rejected by the test. */
function begun() {
  const work = new Map(MACHINES.map(({ node }) => [node, Promise.withResolvers<undefined>()]));
  const quiet = (): Promise<void> => Promise.resolve();
  const entry = { id: 'deed', prepares: quiet, asked: quiet, tracks: quiet, ended: quiet, took: quiet, over: quiet };
  const plans = new Plans({
    clock: new FakeClock(),
    ask: quiet,
    journal: { begin: () => Promise.resolve(entry) },
  });
  const onIt = ({ node }: Machine): WorkAct['run'] => {
    const left = Promise.withResolvers<undefined>();
    return ({ signal }) => {
      signal.addEventListener('abort', () => left.reject(signal.reason as Error));
      return Promise.race([left.promise, work.get(node)?.promise]);
    };
  };
  const plan: SteppedDeed = {
    ...{ kind: 'deed', risk: 'interrupts', what: 'Done', cluster: 'sim', effects: [], facts: [] },
    head: { deed: 'Do it', context: 'sim', file: 'config', certificate: undefined, talosctl: 'talosctl' },
    machines: MACHINES,
    lanes: [{ machines: MACHINES, atOnce: 2 }],
    question: { title: 'Do it?', facts: [], deed: 'Do it', isDestructive: true },
    acts: (machine) => [{ kind: 'work', what: 'Does it', run: onIt(machine) }],
    caller: () => {
      throw new Error('nothing is called');
    },
  };
  const applied = plans.apply(plans.keep(plan).token);
  return { plans, applied, of: (node: string) => work.get(node) };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a deed on two machines at once', () => {
  it('that fails on one says where it was done, also where that was later', async () => {
    const { applied, of } = begun();
    await settled();
    of('a')?.reject(new Failed({ code: 'timeout', message: 'It did not come back.' }));
    await settled();
    of('b')?.resolve(undefined);

    await expect(applied).rejects.toMatchObject({
      failure: { code: 'timeout', message: 'Ended at a: It did not come back. It was done on b.' },
    });
  });

  it('that was stopped when nothing waited any more is done', async () => {
    const { plans, applied, of } = begun();
    await settled();
    plans.order('deed', 'stop', undefined);
    of('a')?.resolve(undefined);
    of('b')?.resolve(undefined);

    await expect(applied).resolves.toMatchObject({ what: 'Done' });
  });

  it('that the user left is told in their words', async () => {
    const { plans, applied, of } = begun();
    await settled();
    of('a')?.resolve(undefined);
    await settled();
    plans.order('deed', 'leave', undefined);

    await expect(applied).rejects.toMatchObject({
      failure: { code: 'cancelled', message: 'You ended it before all 2 machines were done. It was done on a.' },
    });
  });
});
