import type { MachineBefore } from '../../plans/journal.ts';
import type { CameOf, LookUp } from '../kit/definition.ts';
import { SETTLES_MS } from '../kit/read-within.ts';
import { talosVersion } from '../kit/talos-version.ts';
import { bootOf, isAnotherBoot, stageOf, type Boot, type MachineLook } from './machine-look.ts';
import { judgeVersion } from './version-after.ts';

/** What the journal keeps of a machine that goes down. */
export function beforeDown(
  { uuid, nodeId, boot, version, stage, isReady }: MachineLook,
  { versionAfter, versionRule, settlesMs }: Pick<MachineBefore, 'versionAfter' | 'versionRule' | 'settlesMs'>,
): MachineBefore {
  return {
    ...{ ...(uuid !== undefined && { uuid }), ...(nodeId !== undefined && { nodeId }) },
    ...('id' in boot ? { bootId: boot.id } : { bootAtS: boot.atS }),
    ...{ version, saw: isReady ? stage : `${stage}, not ready` },
    ...{ ...(versionAfter !== undefined && { versionAfter }), ...(versionRule !== undefined && { versionRule }) },
    ...(settlesMs !== undefined && { settlesMs }),
  };
}

/** What there is to be looked up of a deed that takes a machine down. */
export interface PowerLookUp {
  /** It is back in the end; otherwise somebody has to switch it on. */
  readonly comesBack: boolean;
}

/**
 * Looks up what came of a deed that takes a machine down: by its boot id, its version and its stage. A role that may not read the boot
 * id sees the time of the boot alone, which moves with the clock: that says nothing for certain.
 */
export const powerLookUp =
  ({ comesBack }: PowerLookUp): LookUp =>
  async ({ caller, node, before, another, sinceMs, signal }) => {
    if (another !== undefined) return { kind: 'unknown', text: another };
    const looking = { node, signal };
    const now = await bootOf(caller, looking);
    const { stage, isReady } = await stageOf(caller, looking);
    if (stage === 'maintenance') return { kind: 'unknown', text: 'It is in maintenance mode: look at its console.' };
    const boots = comparedBoots(before, now);
    if (boots === 'same') return asBefore(before, stage, sinceMs);
    if (boots === 'unknown') return { kind: 'unknown', text: NO_BOOT_ID };
    const version = await talosVersion({ caller, ...looking });
    const { version: was = version, versionAfter: wanted, versionRule: rule } = before;
    const { wrong, early, told = '' } = judgeVersion({ before: was, now: version, wanted, rule });
    if (wrong !== undefined) return { kind: 'failed', text: wrong };
    if (early !== undefined) return { kind: 'goes-on', text: early };
    if (stage !== 'running' || !isReady)
      return { kind: 'goes-on', text: `It has started anew: ${stage}, ${isReady ? 'ready' : 'not ready yet'}.` };
    if (!comesBack) return { kind: 'done', text: 'It has started anew since then, and runs: somebody switched it on.' };
    return { kind: 'done', text: `It has started anew since then${told}, and is running and ready.` };
  };

/** Said where {@link comparedBoots} cannot tell. */
export const NO_BOOT_ID =
  'This certificate may not read its boot id, and the time of its boot alone does not say whether it started anew.';

/** The boots of two looks; `unknown` where the role of one of them could not read the id of the boot. */
export function comparedBoots(
  { bootId, bootAtS }: Pick<MachineBefore, 'bootId' | 'bootAtS'>,
  now: Boot,
): 'same' | 'another' | 'unknown' {
  if (bootId !== undefined && 'id' in now) return bootId === now.id ? 'same' : 'another';
  // A clock that was set moves it as well; one that did not move shows that nothing happened.
  if (bootAtS !== undefined && now.atS !== undefined && !isAnotherBoot({ atS: bootAtS }, now)) return 'same';
  return 'unknown';
}

/** Of a machine in the boot it was in before. */
function asBefore({ versionAfter, settlesMs = SETTLES_MS }: MachineBefore, stage: string, sinceMs: number): CameOf {
  if (stage !== 'running') return { kind: 'goes-on', text: `It is ${stage}.` };
  if (sinceMs < settlesMs) return { kind: 'goes-on', text: 'It has not started anew yet.' };
  const installed =
    versionAfter === undefined
      ? ''
      : ` Whether ${versionAfter} was installed beside it is not known: it may start with it the next time.`;
  return { kind: 'not-done', text: `It has not started anew since then, and is running.${installed}` };
}
