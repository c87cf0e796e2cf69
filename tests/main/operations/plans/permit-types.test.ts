import { expect, it } from 'vitest';
import type { Caller } from '../../../../main/operations/clusters/caller.ts';
import { machinesOf } from '../../../../main/operations/plans/machine.ts';
import { Permit } from '../../../../main/operations/plans/permit.ts';
import type { DeedPlan } from '../../../../main/operations/plans/plan.ts';

/** Only compiled: each marked line is an error, or the check of the types fails. */
function neverRun(caller: Caller, signal: AbortSignal): void {
  const options = { node: 'cp-1', deadlineMs: 1, signal };
  void caller.unary('/machine.MachineService/Version', {}, options);
  void caller.unary('/machine.MachineService/GenerateClientConfiguration', {}, options);
  // @ts-expect-error a reboot changes something
  void caller.unary('/machine.MachineService/Reboot', {}, options);
  // @ts-expect-error pulling an image changes something, even if twice is as good as once
  void caller.unary('/machine.MachineService/ImagePull', {}, options);
  // @ts-expect-error an upgrade changes something
  void caller.serverStream('/machine.LifecycleService/Upgrade', {}, options);
  // @ts-expect-error a stream is no single answer
  void caller.unary('/machine.MachineService/Events', {}, options);
  // @ts-expect-error no permit
  void caller.change({ method: '/machine.MachineService/Reboot', node: 'cp-1' }, {}, options);
  // @ts-expect-error nobody but the permit's own function makes one
  void new Permit({ method: '/machine.MachineService/Reboot', node: 'cp-1' });
  // @ts-expect-error a permit without a machine would make the endpoint act on itself
  void Permit.give('/machine.MachineService/Reboot', { name: 'cp-1' });
  // @ts-expect-error a machine is one that is known, not one that is written down
  void Permit.give('/machine.MachineService/Reboot', { node: '10.5.0.100', name: 'vip' });
  // @ts-expect-error reading needs no permit, and there is none
  void Permit.give('/machine.MachineService/Version', machinesOf([], [])[0]);
  // @ts-expect-error a deed always names a machine
  const machines: DeedPlan['machines'] = [];
  void machines;
}

it('a changing call without a permit, and a permit without a known machine, do not compile', () => {
  expect(neverRun).toBeTypeOf('function');
});
