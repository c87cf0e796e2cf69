import { expect, it } from 'vitest';
import { lookAt } from '../../../../../main/operations/deeds/power/machine-look.ts';
import { Tracker } from '../../../../../main/operations/deeds/power/tracker.ts';
import { machinesOf } from '../../../../../main/operations/plans/machine.ts';
import type { ActTools } from '../../../../../main/operations/plans/plan.ts';
import { FakeClock } from '../../../../fakes/fake-clock.ts';
import { ModelCluster } from '../model/model-cluster.ts';
import type { ModelMachine } from '../model/model-machine.ts';

const { signal } = new AbortController();
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const tools: ActTools = {
  ...{ signal, tell: () => undefined, mark: () => undefined, pauses: () => Promise.resolve('stop') },
  offers: () => Promise.resolve(undefined),
};

/**
 * What is said of a worker that was asked to reset itself and start anew, once this happened to it for so many looks. `isBare` undefined:
 * it keeps its config.
 */
async function watched(
  isBare: boolean | undefined,
  happens: (machine: ModelMachine) => void,
  looks: number,
  isAnswered = true,
): Promise<string> {
  const clock = new FakeClock();
  const cluster = new ModelCluster(clock, 1, 1);
  const [machine] = machinesOf(['worker-0'], cluster.nodes);
  const caller = () => cluster.caller;
  const before = await lookAt(caller(), { node: machine.node, signal });
  const tracker = new Tracker({ machine, caller, clock, before, versionAfter: undefined, isReset: true });
  cluster.tasks = ['stopAllServices'];
  await tracker.begin(tools);
  if (isAnswered) tracker.answered('ours');
  let said = 'nothing yet';
  const over = (isBare === undefined ? tracker.back(tools) : tracker.anew(tools, isBare))
    .then((text) => (said = text))
    .catch((error: unknown) => (said = error instanceof Error ? error.message : ''));
  await settled();
  happens(cluster.of(machine.node));
  for (let look = 0; look < looks; look += 1) {
    await settled();
    clock.advance(2_000);
  }
  await settled();
  await tracker.end();
  if (said !== 'nothing yet') await over;
  return said;
}

it('a machine that was reset is over once it does not know the cluster any more, and not at once', async () => {
  const forgets = (machine: ModelMachine): void => void (machine.isUntrusted = true);

  expect(await watched(false, forgets, 8)).toBe('nothing yet');
  expect(await watched(false, forgets, 20)).toMatch(/^It has started anew and does not know the cluster any more/);
});

it('one that has no Talos on its disk any more is waited for ten minutes, and is then said not to come back', async () => {
  const goes = (machine: ModelMachine): void => void (machine.isAway = true);

  expect(await watched(true, goes, 280)).toBe('nothing yet');
  expect(await watched(true, goes, 320)).toMatch(
    /^It stopped all its services and has not been reached for 10 minutes/,
  );
  expect(await watched(false, goes, 320)).toBe('nothing yet');
});

it('one that comes back as the machine it was has not been reset', async () => {
  const said = await watched(true, (machine) => void (machine.boots += 1), 3);

  expect(said).toBe('It came back with the identity that it had, so what should be wiped is still there.');
});

it('one whose answer was lost is not said to be reset by what anybody else may have done to it', async () => {
  const starts = (machine: ModelMachine): void => void (machine.boots += 1);
  const forgets = (machine: ModelMachine): void => void (machine.isUntrusted = true);

  expect(await watched(undefined, starts, 3)).toMatch(/^It has started anew, and is running and ready/);
  expect(await watched(undefined, starts, 3, false)).toMatch(/nothing shows that it was reset: look at its disks/);
  expect(await watched(false, forgets, 20, false)).toMatch(/does not trust the cluster's certificates/);
});
