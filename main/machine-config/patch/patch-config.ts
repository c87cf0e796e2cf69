import { Failed } from '../../lib/failed.ts';
import { Masker } from '../secrets/mask.ts';
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
    throw error instanceof Failed ? withoutSecrets(error, text) : error;
  }
}

function withoutSecrets(error: Failed, config: string): Failed {
  const masker = new Masker();
  try {
    masker.config(config);
  } catch (refused) {
    // Why a config cannot be loaded is said without its values.
    if (refused instanceof Failed) return error;
    throw refused;
  }
  const { message, hint, details, ...rest } = error.failure;
  return new Failed(
    {
      ...rest,
      message: masker.quoted(message),
      ...(hint !== undefined && { hint: masker.quoted(hint) }),
      ...(details !== undefined && { details: masker.quoted(details) }),
    },
    error.cause,
  );
}
