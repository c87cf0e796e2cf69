import { talosVersion } from '../kit/talos-version.ts';
import type { DeedDefinition, DeedTools } from '../kit/definition.ts';
import { WORKERS_PARAM, workersOf } from './definitions.ts';
import { NO_EXTRA } from './extra.ts';
import { wasDoneTo } from '../../plans/deed-place.ts';
import { powerLookUp } from './look-up.ts';
import { planPower } from './power-plan.ts';
import { otherSlotOf } from './version-after.ts';

const EFFECTS: readonly string[] = [
  'Which version lies in the other boot slot cannot be read: it is the one that the machine ran before its last upgrade. A machine that has none refuses, and stays as it is.',
  'What the newer version wrote may not be understood by the older one; that goes for the data of etcd, too.',
];

/** `talosctl rollback` (docs/talos-behaviour.md §6.4.3), but machine by machine, as a reboot, and with a look at the version afterwards. */
export const rollback: DeedDefinition = {
  id: 'rollback',
  title: 'Roll back Talos',
  about:
    'Machines start anew with the version that they ran before their last upgrade: control planes one by one, the leader of etcd last, workers so many at a time.',
  method: '/machine.MachineService/Rollback',
  params: [{ id: 'drain', title: 'Drain each first', kind: 'flag', required: false, initial: false }, WORKERS_PARAM],
  syntax: { names: ['rollback'], ignoresMore: true },
  lookUp: powerLookUp({ comesBack: true }),
  plan: async (params, tools) =>
    planPower({ deed: 'rollback', workersAtOnce: workersOf(params), drains: params['drain'] === true }, tools, {
      ...NO_EXTRA,
      effects: [...EFFECTS, ...(await expected(tools))],
      isTyped: true,
      versionRule: () => 'another',
    }),
};

/** What should lie in the other slots, where a deed of before tells. A machine that does not answer is refused elsewhere. */
async function expected({ machines, caller, done, place, signal }: DeedTools): Promise<readonly string[]> {
  const deeds = done().filter((deed) => wasDoneTo(deed, place));
  const told = await Promise.all(
    machines.map(async ({ node, name }) => {
      const isTold = deeds.some(({ steps }) => steps.some((step) => step.node === node));
      const now = isTold ? await talosVersion({ caller: caller(), node, signal }).catch(() => '') : '';
      return { name, version: otherSlotOf(node, now, deeds) };
    }),
  );
  const groups = Map.groupBy(
    told.filter(({ version }) => version !== undefined),
    ({ version = '' }) => version,
  );
  return [...groups].map(
    ([version, of]) =>
      `By what was done from here, it should be ${version} on ${of.map(({ name }) => name).join(', ')}.`,
  );
}
