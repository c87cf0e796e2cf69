import type { CommandParams } from '../../main/operations/commands/kit/definition.ts';

/** How to run a command so that it answers with rows. */
export interface CommandRun {
  readonly params?: CommandParams;
  /** Workers have nothing to say to it. */
  readonly isForControlPlanes?: true;
  /** First version of Talos that has it, where the simulator's usual one has not. */
  readonly since?: string;
  /** It may well have nothing to show: no alarm is raised. */
  readonly mayBeEmpty?: true;
}

const RUNS: Readonly<Record<string, CommandRun>> = {
  get: { params: { type: 'members' } },
  usage: { params: { path: '/etc', depth: '1', all: true } },
  list: { params: { path: '/etc', long: true } },
  logs: { params: { id: 'kubelet', tail: '20' } },
  diskfree: { since: 'v1.15.0' },
  extensions: { mayBeEmpty: true },
  'etcd-members': { isForControlPlanes: true },
  'etcd-status': { isForControlPlanes: true },
  'etcd-alarms': { isForControlPlanes: true, mayBeEmpty: true },
  'etcd-downgrade-validate': { params: { version: '3.5' }, isForControlPlanes: true },
};

/** The same for every command that needs nothing in particular. */
export function commandRun(command: string): CommandRun {
  return RUNS[command] ?? {};
}
