import type { Caller } from '../../clusters/caller.ts';
import { listResources } from '../../checks/client/read-resources.ts';
import { READ_WITHIN_MS } from '../kit/read-within.ts';

/** A boot id has 36 characters. */
const MOST_BOOT_ID = 64;
/** A clock that is set moves the time of the boot a little; a boot moves it by far more. */
const CLOCK_SET_S = 5;

/**
 * Which boot a machine is in: by the id that Linux makes for each, or by its time where the role may not read that. Both, where it may be
 * read by another role the next time.
 */
export type Boot = { readonly id: string; readonly atS?: number } | { readonly atS: number };

/** Which machine it is, whatever its address. */
export interface MachineIdentity {
  /** Of the hardware; undefined where it has none. */
  readonly uuid: string | undefined;
  /** By which discovery knows it; a reset makes another. */
  readonly nodeId: string | undefined;
}

/** How a machine is at the moment. */
export interface MachineLook extends MachineIdentity {
  readonly boot: Boot;
  /** As Talos names it, such as `running`. */
  readonly stage: string;
  readonly isReady: boolean;
  /** `v1.13.9`. */
  readonly version: string;
  /** Whether its kubelet says that its node is ready; undefined where it has none. */
  readonly isKubernetesReady: boolean | undefined;
}

/** Who is looked at, and for how long. */
export interface Looking {
  readonly node: string;
  readonly signal: AbortSignal;
}

/** Looks at all of it. Throws what calls throw. */
export async function lookAt(caller: Caller, looking: Looking): Promise<MachineLook> {
  const [boot, state, version, identity, isKubernetesReady] = await Promise.all([
    wholeBootOf(caller, looking),
    stageOf(caller, looking),
    caller.unary('/machine.MachineService/Version', {}, { ...looking, deadlineMs: READ_WITHIN_MS }),
    machineIdentityOf(caller, looking),
    firstField(caller, looking, 'k8s', 'NodeStatuses.kubernetes.talos.dev', '{.nodeReady}'),
  ]);
  return {
    ...{ ...state, ...identity, boot },
    version: (version.value.messages[0]?.version?.tag ?? '').slice(0, 64),
    isKubernetesReady: isKubernetesReady === undefined ? undefined : isKubernetesReady === 'true',
  };
}

/** Which machine answers at an address. Throws what calls throw. */
export async function machineIdentityOf(caller: Caller, looking: Looking): Promise<MachineIdentity> {
  const [uuid, nodeId] = await Promise.all([
    firstField(caller, looking, 'hardware', 'SystemInformations.hardware.talos.dev', '{.uuid}'),
    firstField(caller, looking, 'cluster', 'Identities.cluster.talos.dev', '{.nodeId}'),
  ]);
  return { uuid: known(uuid), nodeId: known(nodeId) };
}

/** A field of the first resource of a type; undefined where there is none. */
async function firstField(
  caller: Caller,
  looking: Looking,
  namespace: string,
  type: string,
  path: string,
): Promise<string | undefined> {
  const call = { ...looking, deadlineMs: READ_WITHIN_MS };
  const [resource] = await listResources(caller, { namespace, type }, [path], call);
  return resource?.fields[0];
}

/** With its time, by which it can be compared when its id cannot be read any more. */
async function wholeBootOf(caller: Caller, looking: Looking): Promise<Boot> {
  const boot = await bootOf(caller, looking);
  return 'id' in boot ? { ...boot, atS: await bootTimeOf(caller, looking) } : boot;
}

async function bootTimeOf(caller: Caller, looking: Looking): Promise<number> {
  const call = { ...looking, deadlineMs: READ_WITHIN_MS };
  const { value } = await caller.unary('/machine.MachineService/SystemStat', {}, call);
  return Number(value.messages[0]?.boot_time ?? 0);
}

/** In which boot it is; the id of one is of no use where that of the boot `before` is not known. Throws what calls throw. */
export async function bootOf(caller: Caller, looking: Looking, before?: Boot): Promise<Boot> {
  const call = { ...looking, deadlineMs: READ_WITHIN_MS };
  if (before !== undefined && !('id' in before)) return { atS: await bootTimeOf(caller, looking) };
  try {
    let text = '';
    const path = '/proc/sys/kernel/random/boot_id';
    for await (const { bytes } of caller.serverStream('/machine.MachineService/Read', { path }, call)) {
      text += Buffer.from(bytes).toString('latin1');
      if (text.length > MOST_BOOT_ID) break;
    }
    if (text.trim() !== '') return { id: text.trim().slice(0, MOST_BOOT_ID) };
  } catch (error) {
    // Files are read by os:admin alone; os:operator may reboot, too.
    if (caller.explain(error, { node: looking.node }).code !== 'denied') throw error;
  }
  return { atS: await bootTimeOf(caller, looking) };
}

/** Whether it started anew between two looks. */
export function isAnotherBoot(before: Boot, now: Boot): boolean {
  if ('id' in before && 'id' in now) return before.id !== now.id;
  // Where neither has both, the role changed meanwhile, so the two cannot be compared.
  return before.atS !== undefined && now.atS !== undefined && Math.abs(before.atS - now.atS) > CLOCK_SET_S;
}

/** How far it is, as it says itself. Throws what calls throw. */
export async function stageOf(caller: Caller, looking: Looking): Promise<Pick<MachineLook, 'stage' | 'isReady'>> {
  const place = { namespace: 'runtime', type: 'MachineStatuses.runtime.talos.dev' };
  const call = { ...looking, deadlineMs: READ_WITHIN_MS };
  const [status] = await listResources(caller, place, ['{.stage}', '{.status.ready}'], call);
  const [stage = '', ready = ''] = status?.fields ?? [];
  return { stage: stage.slice(0, 40), isReady: ready === 'true' };
}

/** Why this is not the machine it was, a sentence; undefined when it is. */
export function whyAnother(before: MachineIdentity, now: MachineIdentity): string | undefined {
  if (before.uuid !== undefined && now.uuid !== undefined && before.uuid !== now.uuid)
    return `Another machine answers at its address: its UUID was ${before.uuid} and is ${now.uuid}.`;
  if (before.nodeId !== undefined && now.nodeId !== undefined && before.nodeId !== now.nodeId)
    return 'It has another identity in the cluster than before: it was reset or installed anew.';
  return undefined;
}

const known = (text: string | undefined): string | undefined =>
  text === undefined || text === '' ? undefined : text.slice(0, 128);
