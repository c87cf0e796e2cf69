import type { Caller } from '../clusters/caller.ts';
import type { DeedPlace } from '../plans/deed-place.ts';
import type { DeedPlan } from '../plans/plan.ts';

const DEADLINE_MS = 30_000;

/** Restarts machines, one after another. There is no undo: what runs on them is away meanwhile. */
export function rebootPlan(
  machines: DeedPlan['machines'],
  caller: () => Caller,
  { cluster, ...place }: DeedPlace,
): DeedPlan {
  const names = machines.map(({ name }) => name);
  return {
    kind: 'deed',
    risk: 'interrupts',
    what: `Restarted ${names.join(', ')}`,
    head: {
      ...place,
      deed: `Restart ${names.join(', ')}`,
      talosctl: `talosctl reboot -n ${machines.map(({ node }) => node).join(',')}`,
    },
    cluster,
    effects: names.map((name) => `${name} restarts; what runs on it is away until it is back.`),
    machines,
    facts: [],
    question: {
      title: `Restart ${names.length === 1 ? names.join('') : `${names.length} machines`}?`,
      facts: ['What runs on a machine is away until it is back.'],
      names: { label: 'Machines', items: names },
      deed: 'Restart',
      isDestructive: false,
    },
    call: { method: '/machine.MachineService/Reboot', request: { mode: 'DEFAULT' }, deadlineMs: DEADLINE_MS },
    caller,
  };
}
