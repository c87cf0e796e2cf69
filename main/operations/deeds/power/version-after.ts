import type { DeedRecord } from '../../../../preload/contract/index.ts';

/**
 * How the version is judged that a machine comes back with. `late`: it starts anew once with the old one before; `another`: any but
 * the one it had, as nobody knows what lies in its other boot slot. Default: it is the wanted one, or the one it had.
 */
export type VersionRule = 'late' | 'another';

/** What is to be said of the version that a machine came back with. */
export interface VersionVerdict {
  /** It is not the right one, a sentence. */
  readonly wrong?: string;
  /** It is not the right one yet, a sentence. */
  readonly early?: string;
  /** It is another one than before, as it should: what stands behind “started anew”. */
  readonly told?: string;
}

/** The versions of a machine. */
export interface Versions {
  readonly before: string;
  readonly now: string;
  /** Undefined: the one before. */
  readonly wanted?: string | undefined;
  readonly rule?: VersionRule | undefined;
}

/** Judges the version that a machine came back with. Pure. */
export function judgeVersion({ before, now, wanted = before, rule }: Versions): VersionVerdict {
  const told = now === before ? {} : { told: ` with Talos ${now} (before: ${before})` };
  if (rule === 'another' && now === before)
    return {
      wrong: `It came back with Talos ${now}, as it ran before: what lies in its other boot slot did not start, or is that version, too.`,
    };
  if (rule === 'another' || now === wanted) return told;
  if (rule === 'late' && now === before)
    return { early: `It has started anew with Talos ${now}, and upgrades before it goes on.` };
  const wrong = whyAnotherVersion(before, now, wanted);
  return wrong === undefined ? {} : { wrong };
}

/** Why a machine runs another version than it is to come back with, a sentence; undefined when it does not. `wanted`: default, the one before. */
function whyAnotherVersion(before: string, now: string, wanted = before): string | undefined {
  if (now === wanted) return undefined;
  if (wanted !== before)
    return `It came back with Talos ${now} instead of ${wanted}: the new version did not start, or another one was waiting.`;
  return `It came back with Talos ${now}, and ran ${before} before: an upgrade or a rollback was waiting.`;
}

/**
 * The version that should lie in the other boot slot of a machine that runs `now`, by the newest of these deeds that changed it;
 * undefined where they do not tell. `deeds` are of its cluster, newest first. Somebody else may have changed it since.
 */
export function otherSlotOf(node: string, now: string, deeds: readonly DeedRecord[]): string | undefined {
  for (const { steps } of deeds) {
    const text = steps.find((step) => step.node === node)?.text ?? '';
    const [, after, before] = / with Talos (\S+) \(before: (\S+)\)/.exec(text) ?? [];
    if (after !== undefined) return after === now ? before : undefined;
  }
  return undefined;
}
