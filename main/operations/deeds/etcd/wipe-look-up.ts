import type { ControlPlaneEtcd } from '../../../../preload/contract/index.ts';
import { listResources } from '../../checks/client/read-resources.ts';
import type { Caller } from '../../clusters/caller.ts';
import { lookAtControlPlane } from '../../etcd/control-plane-look.ts';
import type { CameOf, LookUp } from '../kit/definition.ts';
import { READ_WITHIN_MS, SETTLES_MS } from '../kit/read-within.ts';
import { comparedBoots, NO_BOOT_ID } from '../power/look-up.ts';
import { bootOf, type Boot, type Looking } from '../power/machine-look.ts';
import { etcdWords } from './may-bootstrap.ts';

/** The partition that is wiped, on which the data of etcd lies. */
export const EPHEMERAL = 'EPHEMERAL';

/** A UUID has 36 characters. */
const MOST_UUID = 64;

/** What is looked at before the data of etcd is wiped, and afterwards. */
export interface WipeState {
  readonly boot: Boot;
  readonly etcd: Omit<ControlPlaneEtcd, 'name' | 'failure'>;
  /** UUID of what {@link EPHEMERAL} is formatted with, which is another one once it was wiped; missing where that is not told. */
  readonly fileSystem?: string;
}

/** What the journal keeps of it. */
type WipeTrace = Pick<WipeState, 'fileSystem'> & {
  readonly id?: string;
  readonly atS?: number;
  readonly member?: string;
};

/** Looks at one machine. Throws what calls throw. */
export async function lookAtWiped(caller: Caller, looking: Looking): Promise<WipeState> {
  const [boot, etcd, fileSystem] = await Promise.all([
    bootOf(caller, looking),
    lookAtControlPlane(caller, looking),
    fileSystemOf(caller, looking).catch(() => undefined),
  ]);
  looking.signal.throwIfAborted();
  return { boot, etcd, ...(fileSystem !== undefined && { fileSystem }) };
}

/**
 * UUID of the file system of {@link EPHEMERAL}; undefined where the machine does not tell, as before Talos 1.8, and where several partitions
 * have that label, as on a disk of an older installation: which of them is in use is not told. Throws what calls throw.
 */
export async function fileSystemOf(caller: Caller, looking: Looking): Promise<string | undefined> {
  const place = { namespace: 'runtime', type: 'DiscoveredVolumes.block.talos.dev' };
  const call = { ...looking, deadlineMs: READ_WITHIN_MS };
  const found = await listResources(caller, place, ['{.partition_label}', '{.uuid}'], call);
  const labelled = found.filter(({ fields: [label] }) => label === EPHEMERAL);
  const [, uuid = ''] = labelled[0]?.fields ?? [];
  return uuid === '' || labelled.length > 1 ? undefined : uuid.slice(0, MOST_UUID);
}

/** As the journal keeps it. */
export const wipeTrace = ({ boot, etcd: { member }, fileSystem }: WipeState): string =>
  JSON.stringify({ ...boot, member, fileSystem } satisfies { [Name in keyof WipeTrace]: WipeTrace[Name] | undefined });

/**
 * Whether the data of before is gone. Pure. That etcd runs and is led says nothing: so it does with the data that it had. A member that joins
 * gets an id of its own; one that is bootstrapped anew may get the one that it had.
 */
export function isWiped(
  before: Pick<WipeTrace, 'fileSystem' | 'member'>,
  { etcd: { data, member }, fileSystem }: Pick<WipeState, 'etcd' | 'fileSystem'>,
): boolean | undefined {
  if (data === 'empty') return true;
  if (before.fileSystem !== undefined && fileSystem !== undefined) return before.fileSystem !== fileSystem;
  return before.member !== undefined && member !== undefined && before.member !== member ? true : undefined;
}

/** Looks up after a restart whether it was wiped: by its boot id, and by what lies on its disk. */
export const wipeLookUp: LookUp = async ({ caller, node, name, before, another, sinceMs, signal }) =>
  another !== undefined
    ? { kind: 'unknown', text: another }
    : wipeCame(before.trace, await lookAtWiped(caller, { node, signal }), { name, sinceMs });

/** What its boots, its disk and its etcd say of a machine; `trace` is how it was before. Pure. */
export function wipeCame(
  trace = '{}',
  now: WipeState,
  { name, sinceMs }: { readonly name: string; readonly sinceMs: number },
): CameOf {
  const { id, atS, ...before } = JSON.parse(trace) as WipeTrace;
  const words = etcdWords({ name, ...now.etcd });
  const was = { ...(id !== undefined && { bootId: id }), ...(atS !== undefined && { bootAtS: atS }) };
  const boots = comparedBoots(was, now.boot);
  // Another role may read the boot another way: that is no other boot.
  if (boots === 'unknown') return { kind: 'unknown', text: `${NO_BOOT_ID} On it, ${words}.` };
  if (boots === 'another') {
    const wiped = isWiped(before, now);
    if (wiped === true) return { kind: 'done', text: `It has started anew since then: ${words}.` };
    return wiped === false
      ? {
          kind: 'failed',
          text: `It has started anew since then, and what it had on ${EPHEMERAL} is there still: ${words}.`,
        }
      : { kind: 'unknown', text: `It has started anew since then, and ${words}: whether it was wiped cannot be told.` };
  }
  return sinceMs < SETTLES_MS
    ? { kind: 'goes-on', text: 'It has not started anew yet.' }
    : { kind: 'not-done', text: `It has not started anew since then: ${words}.` };
}
