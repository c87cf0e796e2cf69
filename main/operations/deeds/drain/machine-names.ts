import type { Caller } from '../../clusters/caller.ts';
import { listResources } from '../../checks/client/read-resources.ts';
import type { Machine } from '../../plans/machine.ts';

const READ_WITHIN_MS = 10_000;
/** A boot id has 36 characters and a line feed. */
const MOST_BYTES = 256;
const NODENAME = { namespace: 'k8s', type: 'Nodenames.kubernetes.talos.dev' };

/** What a machine is called in Kubernetes; undefined for one whose Talos does not say. Throws what calls throw. */
export async function kubernetesNameOf(
  caller: Caller,
  { node }: Machine,
  signal: AbortSignal,
): Promise<string | undefined> {
  const call = { node, deadlineMs: READ_WITHIN_MS, signal };
  const found = await listResources(caller, NODENAME, ['{.nodename}'], call);
  const name = found.find(({ id }) => id === 'nodename')?.fields[0];
  // A name of Kubernetes: it goes into paths and sentences.
  return name !== undefined && /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/.test(name) ? name : undefined;
}

/** The boot a machine is in. Throws what calls throw. */
export async function bootIdOf(caller: Caller, { node }: Machine, signal: AbortSignal): Promise<string | undefined> {
  const request = { path: '/proc/sys/kernel/random/boot_id' };
  const parts: Buffer[] = [];
  let size = 0;
  for await (const { bytes } of caller.serverStream('/machine.MachineService/Read', request, {
    ...{ node, deadlineMs: READ_WITHIN_MS, signal },
  })) {
    size += bytes.byteLength;
    if (size > MOST_BYTES) return undefined;
    parts.push(Buffer.from(bytes));
  }
  return Buffer.concat(parts).toString('utf8').trim() || undefined;
}
