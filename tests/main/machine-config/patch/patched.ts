import { Failed } from '../../../../main/lib/failed.ts';
import { applyPatches } from '../../../../main/machine-config/patch/apply-patches.ts';
import { loadPatch } from '../../../../main/machine-config/patch/load-patch.ts';

/** A config after patches that are given as texts. */
export const patched = (config: string, ...patches: readonly string[]): string =>
  applyPatches(config, patches.map(loadPatch)).text;

/** What refuses a piece of work: the whole text, as talosctl says it. */
export function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Failed) return error.failure.details ?? error.failure.message;
    throw error;
  }
  return 'nothing refused it';
}
