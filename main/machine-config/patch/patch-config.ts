import { Failed } from '../../lib/failed.ts';
import { failedWithoutSecrets } from '../secrets/without-secrets.ts';
import { applyPatches, type Patched } from './apply-patches.ts';
import { loadPatch } from './load-patch.ts';

/**
 * A machine config after patches that are given as texts, as {@link applyPatches} does it. What is wrong is said without the secrets of
 * the config, which operations of a patch can move into a place that is quoted.
 */
export function patchConfig(text: string, patches: readonly string[]): Patched {
  try {
    return applyPatches(text, patches.map(loadPatch));
  } catch (error) {
    throw error instanceof Failed ? failedWithoutSecrets(error, text) : error;
  }
}
