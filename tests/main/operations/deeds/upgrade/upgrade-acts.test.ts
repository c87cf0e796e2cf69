import { expect, it } from 'vitest';
import { UpgradeActs } from '../../../../../main/operations/deeds/upgrade/upgrade-acts.ts';
import type { JudgedUpgrade } from '../../../../../main/operations/deeds/upgrade/judge-upgrade.ts';
import { powerKind } from '../../../../../main/operations/deeds/power/kinds.ts';
import { machineOf } from '../../../../../main/operations/plans/machine.ts';
import type { ActTools } from '../../../../../main/operations/plans/plan.ts';

const machine = machineOf('10.5.0.5', [
  { target: '10.5.0.5', hostname: 'worker-01', addresses: ['10.5.0.5'], sources: ['discovered'] } as never,
]);
const tools = {} as ActTools;
const HOW = { drains: false, mode: 'powercycle', isStaged: true } as const;
const usual = powerKind({ deed: 'upgrade', mode: 'powercycle', workersAtOnce: 1, drains: false }).call(() => undefined);
const judged = (api: JudgedUpgrade['api']): JudgedUpgrade => ({
  ...{ image: 'ghcr.io/siderolabs/installer:v1.13.9', to: 'v1.13.9', api, effects: [], risks: [], refusals: [] },
});

/** The acts of a machine whose installer was sent for and said this. */
function installed(acts: UpgradeActs, exitCode: number | undefined): void {
  const call = acts
    .before(machine, judged('lifecycle'))
    .flatMap((act) => (act.kind === 'call' ? [act.call()] : []))
    .at(-1);
  if (call?.method !== '/machine.LifecycleService/Upgrade') throw new Error('no installer');
  call.onSending?.();
  if (exitCode !== undefined) call.take?.({ progress: { response: 'exit_code', exit_code: exitCode } } as never);
}

const said = async (acts: UpgradeActs): Promise<string | undefined> => {
  const [after] = acts.after(machine, judged('lifecycle'));
  return after?.kind === 'work' ? after.run(tools) : 'nothing is done after';
};

it.each<[number | undefined, string | undefined]>([
  [0, 'v1.13.9 is installed, and it starts with it the next time.'],
  [undefined, 'Whether v1.13.9 was installed is not known: it may start with it the next time.'],
  [7, undefined],
])('a machine whose installer ended with %s and that was not asked to reboot', async (exitCode, words) => {
  const acts = new UpgradeActs(HOW);
  installed(acts, exitCode);
  // Made, and never sent: a look right before stood against it.
  const call = acts.call(machine, judged('lifecycle'), { usual, answered: () => undefined });
  expect(call).toMatchObject({ method: '/machine.MachineService/Reboot', request: { mode: 'POWERCYCLE' } });

  expect(await said(acts)).toBe(words);
  call.onSending?.();
  expect(await said(acts)).toBeUndefined();
});

it('one that is too old is asked by its own call, which tells whose sequence it is', () => {
  const actors: string[] = [];
  const answered = (actor: string): void => void actors.push(actor);

  const call = new UpgradeActs(HOW).call(machine, judged('legacy'), { usual, answered });
  const request = { preserve: true, force: false, stage: true, reboot_mode: 'POWERCYCLE' };
  expect(call).toMatchObject({ method: '/machine.MachineService/Upgrade', request });
  if (call.method === '/machine.MachineService/Upgrade') call.take?.({ messages: [{ actor_id: 'a-1' }] } as never);
  expect(actors).toEqual(['a-1']);
});
