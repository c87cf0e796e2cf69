import { Failed } from '../../../lib/failed.ts';
import { pause } from '../../../lib/pause.ts';
import type { CallAct, DeedAct, WorkAct } from '../../plans/plan.ts';
import type { ConfigTurn } from './config-turn.ts';
import { lookForConfig } from './look-for-config.ts';
import type { MachineConfigsNow } from './read-configs.ts';

/**
 * What is done while a machine tries a config: the user may keep it or take it back, and whoever does nothing sees it lapse. Kept only
 * while the timer of the machine surely runs, and its config on the disk is what it was. `onBack`: it is as before.
 */
export function tryActs(turn: ConfigTurn, isAlone: boolean, onBack: () => void): readonly DeedAct[] {
  const { clock, before, how } = turn.options;
  const waits: WorkAct = {
    kind: 'work',
    what: 'Tries it',
    run: async ({ offers, signal, tell }) => {
      const untilMs = clock.now() + Math.max(0, turn.surelyMs);
      turn.choice = await offers({ choices: ['keep', 'takeBack'], untilMs, endsMs: turn.endsMs });
      if (turn.choice !== undefined) return undefined;
      tell('It was not kept: Talos takes it back by itself.');
      // The timer began a moment after the call.
      const graceMs = Math.min(1_000, how.tryMs / 4);
      await pause(clock, Math.max(0, turn.endsMs + graceMs - clock.now()), signal);
      return undefined;
    },
  };
  const ends: CallAct = {
    kind: 'call',
    what: 'Ends the try',
    isNeeded: () => turn.choice !== undefined,
    call: () => {
      if (turn.choice === 'takeBack') return turn.takesBack();
      const keeps = turn.keeps();
      if (keeps === undefined) turn.choice = undefined;
      return keeps;
    },
    isLookedUp: true,
  };
  const looks: WorkAct = {
    kind: 'work',
    what: 'Looks which config it has',
    run: async ({ signal }) => {
      if (turn.choice === 'keep') {
        const isKept = ({ activeHash, persistentHash }: MachineConfigsNow): boolean =>
          activeHash === turn.afterHash && persistentHash === turn.afterHash;
        const { words, isSeen } = await lookForConfig(turn, signal, 'You kept it: it runs the config for good', isKept);
        if (isSeen) return words;
        throw new Failed({ code: 'maybe-done', message: `Whether it was kept is not certain. ${words}`, retry: 'ask' });
      }
      const why = turn.choice === 'takeBack' ? 'You took it back' : 'The try lapsed';
      const { words, isSeen } = await lookForConfig(
        turn,
        signal,
        `${why}: it runs the config from before`,
        ({ activeHash }) => activeHash === before.activeHash,
      );
      if (!isSeen) throw new Failed({ code: 'maybe-done', message: `${why}. ${words}`, retry: 'ask' });
      onBack();
      if (isAlone) return words;
      throw new Failed({ code: 'conflict', message: `${words} No further machine gets what was not kept.` });
    },
  };
  return [waits, ends, looks];
}
