import { Failed } from '../../../lib/failed.ts';
import type { CallAct, DeedAct, WorkAct } from '../../plans/plan.ts';
import type { ConfigTurn } from './config-turn.ts';
import { lookForConfig } from './look-for-config.ts';
import type { ApplyMode } from './modes.ts';
import type { MachineConfigsNow } from './read-configs.ts';
import { rehearse } from './rehearse.ts';
import { tryActs } from './try-acts.ts';

/** What is done on one machine: its config kept, the new one sent and read back, a try waited for. `isAlone`: no other machine follows. */
export function configActs(turn: ConfigTurn, isAlone: boolean): readonly DeedAct[] {
  const { how, after } = turn.options;
  const keeps: WorkAct = {
    kind: 'work',
    what: 'Keeps the config as it is',
    run: async () => {
      await turn.keep();
      return undefined;
    },
  };
  const sends: CallAct = { kind: 'call', what: 'Sends the config', call: () => turn.call(after), isLookedUp: true };
  let isBack = false;
  return [
    ...(turn.options.isAskedFirst ? [asks(turn)] : []),
    keeps,
    sends,
    { kind: 'work', what: 'Reads the config back', run: ({ signal }) => readBack(turn, signal) },
    ...(how.mode === 'try' ? tryActs(turn, isAlone, () => (isBack = true)) : []),
    {
      kind: 'work',
      what: '',
      isAlways: true,
      run: async () => {
        await turn.forgetUnused(isBack);
        return undefined;
      },
    },
  ];
}

/** A dry run that the plan left out. */
const asks = (turn: ConfigTurn): WorkAct => ({
  kind: 'work',
  what: 'Asks what it says of the config',
  run: async ({ signal }) => {
    const { caller, machine, before, after, how, desk } = turn.options;
    const call = { caller: caller(), node: machine.node, signal };
    const { said, refused } = await rehearse(call, { before: before.active, after }, how, desk);
    if (refused !== undefined) throw new Failed({ code: 'precondition', message: refused });
    return said;
  },
});

const SEEN: Readonly<Record<ApplyMode, string>> = {
  auto: 'It runs the config',
  'no-reboot': 'It runs the config',
  staged: 'It keeps the config for its next start',
  try: 'It tries the config',
};

/** What it said, and whether it shows the config. Throws Failed `maybe-done` when neither an answer nor the config was seen. */
async function readBack(turn: ConfigTurn, signal: AbortSignal): Promise<string> {
  const { how } = turn.options;
  const isThere = ({ activeHash, persistentHash }: MachineConfigsNow): boolean => {
    const [isActive, isPersistent] = [activeHash === turn.afterHash, persistentHash === turn.afterHash];
    if (how.mode === 'staged') return isPersistent;
    return isActive && (how.mode === 'try' || isPersistent);
  };
  const { words, isSeen } = await lookForConfig(turn, signal, SEEN[how.mode], isThere);
  if (!isSeen && !turn.isAnswered) throw new Failed({ code: 'maybe-done', message: words, retry: 'ask' });
  return [await turn.said(), words].filter((part) => part !== '').join('\n');
}
