import { Failed } from '../../../lib/failed.ts';
import { lookUntil, type Found } from '../kit/look-until.ts';
import type { ConfigTurn } from './config-turn.ts';
import type { MachineConfigsNow } from './read-configs.ts';

/** Looks until the configs of a machine are as wanted, for half a minute; a machine that does not answer meanwhile may be on its way. */
export async function lookForConfig(
  turn: ConfigTurn,
  signal: AbortSignal,
  seen: string,
  isThere: (now: MachineConfigsNow) => boolean,
): Promise<{ readonly words: string; readonly isSeen: boolean }> {
  let isSeen = false;
  const look = async (): Promise<Found> => {
    try {
      isSeen = isThere(await turn.now(signal));
      return { words: isSeen ? seen : 'it does not show that config', isWanted: isSeen };
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      return { words: 'it cannot be read', isWanted: false };
    }
  };
  return { words: await lookUntil(turn.options.clock, signal, look), isSeen };
}
