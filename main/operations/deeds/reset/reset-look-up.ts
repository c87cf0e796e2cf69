import type { LookUp, LookUpAway, CameOf } from '../kit/definition.ts';
import { powerLookUp } from '../power/look-up.ts';
import { forgetsCluster, isBare, wantedReset } from './wanted-reset.ts';

const lookUpDown = powerLookUp({ comesBack: false });

/**
 * Looks up what came of a reset after a restart. A machine that runs as before was not reset. One with the UUID that it had and another identity
 * was: its identity lies on what this deed wipes. One that started anew with the identity that it had may have been, where it keeps its
 * config: what is on its disks does not tell it, so nobody says that it was.
 */
export const resetLookUp: LookUp = async (tools) => {
  const { before, identity, params } = tools;
  const wanted = wantedReset(params);
  const isSameMachine = before.uuid !== undefined && before.uuid === identity.uuid;
  if (tools.another !== undefined && isSameMachine && forgetsCluster(wanted))
    return wanted.userDisks.length === 0
      ? { kind: 'done', text: ANEW }
      : { kind: 'unknown', text: `${ANEW} Whether its user disks were wiped cannot be seen.` };
  const came = await lookUpDown(tools);
  return came.kind === 'done' || came.kind === 'failed' ? { kind: 'unknown', text: NOT_TOLD } : came;
};

/** A booting machine is not trusted for some moments; one in maintenance mode is not for longer. */
const UNTRUSTED_MS = 30_000;

/** What a machine that cannot be read says of its reset. That it is gone, or forgot its cluster, fits a reset, and proves none. */
export function resetAway({ code, forMs, params, words }: LookUpAway): CameOf | undefined {
  const wanted = wantedReset(params);
  if (code === 'untrusted' && forMs >= UNTRUSTED_MS && forgetsCluster(wanted)) return { kind: 'unknown', text: FORGOT };
  if (code === 'unreachable' && isBare(wanted)) return { kind: 'goes-on', text: `${words} ${BARE}` };
  return undefined;
}

const ANEW =
  'It is the same machine, by its UUID, with another identity in the cluster: what it was here was wiped since then, by this deed or by somebody else.';
const FORGOT =
  'It answers and does not know the cluster any more: it waits for a config in maintenance mode, unless another machine has its address. A reset leaves it so.';
const BARE = 'One that has no Talos on its disk any more never answers again: look at its console.';
const NOT_TOLD =
  'It has started anew since then with the identity that it had: whether anything was wiped cannot be seen. Look at its disks.';
