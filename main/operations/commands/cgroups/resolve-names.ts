import type { MethodReply } from '../../../talos/method-types.ts';
import { walkCgroups, type Cgroup } from './cgroup.ts';

type Container = MethodReply<'/machine.MachineService/Containers'>['messages'][number]['containers'][number];
type Process = MethodReply<'/machine.MachineService/Processes'>['messages'][number]['processes'][number];

/** The last part of a path. */
const baseOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** What a process is called: its program, else its command, else the first word it was started with. */
export function programName({ executable, command, args }: Pick<Process, 'executable' | 'command' | 'args'>): string {
  if (executable !== '') return baseOf(executable);
  return command === '' ? (args.split(/\s/, 1)[0] ?? '') : command;
}

/** A pod's group: `pod` and its uid, with the parts of systemd around it or not. */
const POD = /^(?:kubepods-.*-)?pod([0-9a-f_-]{32,40})(?:\.slice)?$/i;

const uidOf = (text: string): string => text.replaceAll('_', '-').toLowerCase();

/**
 * Renames groups of pods and containers of Kubernetes after what they are: a pod by its id, a container by its name, and
 * `sandbox` for what holds a pod's network.
 */
export function nameGroups(root: Cgroup, containers: readonly Container[]): void {
  const byContainer = new Map(containers.map((one) => [one.internal_id, one]));
  const podByUid = new Map(containers.filter(({ uid }) => uid !== '').map(({ uid, pod_id: pod }) => [uidOf(uid), pod]));
  for (const group of walkCgroups(root)) {
    const [, uid] = POD.exec(group.name) ?? [];
    const pod = uid === undefined ? undefined : podByUid.get(uidOf(uid));
    const container = byContainer.get(group.name);
    if (pod !== undefined) group.name = pod;
    else if (container !== undefined) group.name = container.id === container.pod_id ? 'sandbox' : container.name;
  }
}
