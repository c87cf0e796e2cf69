import type { LookUp } from '../kit/definition.ts';
import { powerLookUp } from '../power/look-up.ts';

const lookUpDown = powerLookUp({ comesBack: false });

/**
 * Looks up what came of a reset after a restart. A machine that runs as before was not reset. One that started anew with the identity
 * that it had may have been, where it keeps its config: what is on its disks does not tell it, so nobody says that it was.
 */
export const resetLookUp: LookUp = async (tools) => {
  const came = await lookUpDown(tools);
  return came.kind === 'done' || came.kind === 'failed' ? { kind: 'unknown', text: NOT_TOLD } : came;
};

const NOT_TOLD =
  'It has started anew since then with the identity that it had: whether anything was wiped cannot be seen. Look at its disks.';
