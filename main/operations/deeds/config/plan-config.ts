import { formatNumber } from '../../../../preload/contract/format/numbers.ts';
import { otherClusterBy } from '../../../machine-config/change/config-facts.ts';
import type { ConfigChange } from '../../../machine-config/change/change-config.ts';
import { Failed } from '../../../lib/failed.ts';
import { Secret } from '../../../lib/secret.ts';
import type { CommandParams } from '../../commands/kit/definition.ts';
import type { Machine } from '../../plans/machine.ts';
import type { DeedAct } from '../../plans/plan.ts';
import type { DeedDefinition, DeedTools, PlannedDeed } from '../kit/definition.ts';
import { planDeed, type MachineReading, type ReadCall } from '../kit/plan-deed.ts';
import { talosVersion, whyTooOld } from '../kit/talos-version.ts';
import { gate } from '../power/gate.ts';
import { lookAt, whyAnother, type MachineIdentity, type MachineLook } from '../power/machine-look.ts';
import type { ConfigDesk } from './config-desk.ts';
import { configActs } from './config-acts.ts';
import { configTrace } from './config-look-up.ts';
import { ConfigTurn } from './config-turn.ts';
import { configEffects, whyNotFor } from './judge-change.ts';
import { howApplied, modeWords } from './modes.ts';
import { configsWords, readConfigs, type MachineConfigsNow } from './read-configs.ts';
import { rehearse, type Rehearsal } from './rehearse.ts';

/** What a machine is to get: patches on what it runs with, or a config in its place, which may be patched first. */
export type WishedConfig =
  { readonly patches: readonly string[] } | { readonly text: Secret; readonly patches?: readonly string[] };

/** One deed on machine configs. */
export interface ConfigDeed {
  readonly definition: Pick<DeedDefinition, 'params' | 'syntax'>;
  readonly params: CommandParams;
  /** As the journal keeps them. */
  readonly kept: CommandParams;
  /** `Patch the machine config of`, and the same in the past tense. */
  readonly deed: string;
  readonly past: string;
  /** Why it is done nowhere. */
  readonly refused?: string;
  /** Whose config it was; another machine at its address does not get it. */
  readonly of?: MachineIdentity;
  /** What a machine is to get. Throws Failed when it may not. */
  readonly wish: (machine: Machine, now: MachineConfigsNow) => WishedConfig;
}

/** What is known of a machine since it was planned. */
interface Planned {
  readonly now: string;
  readonly turn: ConfigTurn;
  readonly look: MachineLook;
}

/** Older ones are not known to make a dry run of what says so. */
const OLDEST = [1, 9] as const;

/**
 * Plans another config for each machine: what it would become, what would change, and what the machine itself says of it in a dry run.
 * Nothing is changed. The configs are read again before anything is done.
 */
export function planConfig(deed: ConfigDeed, tools: DeedTools): Promise<PlannedDeed> {
  const { clock, configs: desk, machines, caller, nodes } = tools;
  const how = howApplied(deed.params);
  const planned = new Map<string, Planned>();
  const isAlone = machines.length === 1;

  const plan = async (machine: Machine, call: ReadCall, now: MachineConfigsNow): Promise<MachineReading> => {
    const words = configsWords(now);
    const wish = deed.wish(machine, now);
    const change = await changed(desk, now, wish);
    if (typeof change === 'string') return { now: words, refused: change };
    const why = whyNotFor(change, how, now);
    const lines = boundedLines(change.diff, machines.length);
    if (why !== undefined) return { now: words, refused: why, ...(change.isChanged && { change: { lines } }) };
    const after = new Secret(change.text);
    // Its keys are those of another cluster: nobody gets them before that was confirmed.
    const isOther = isOfOtherCluster(change);
    const asked: Rehearsal = isOther ? { said: '' } : await rehearse(call, { before: now.active, after }, how, desk);
    const { said, refused } = asked;
    const shown = { lines, ...(said !== '' && { said }) };
    if (refused !== undefined) return { now: words, refused, change: shown };
    const look = await lookAt(call.caller, call);
    const another = deed.of && whyAnother(deed.of, look);
    if (another !== undefined) return { now: words, refused: another, change: shown };
    const turn = new ConfigTurn({
      ...{ machine, identity: look, cluster: tools.place.cluster, what: `${deed.past} ${machine.name}` },
      ...{ caller, clock, desk, how, before: now, after, isAskedFirst: isOther },
    });
    planned.set(machine.node, { now: words, turn, look });
    const trace = configTrace(now, turn.afterHash);
    return {
      ...{ now: words, trace, change: shown, effects: configEffects(change, machine, { how, now, tools }) },
      ...(isOther && { isTyped: true as const }),
    };
  };

  const read = async (call: ReadCall): Promise<MachineReading> => {
    const machine = machines.find(({ node }) => node === call.node);
    if (machine === undefined) throw new Failed({ code: 'invalid', message: 'It was not planned for.' });
    const known = planned.get(machine.node);
    if (known === undefined) {
      const tooOld = whyTooOld(await talosVersion(call), OLDEST);
      const now = await readConfigs(call, desk.texts);
      return tooOld === undefined ? plan(machine, call, now) : { now: configsWords(now), refused: tooOld };
    }
    const now = await readConfigs(call, desk.texts);
    return { now: known.turn.isAsPlanned(now) ? known.now : `${configsWords(now)}, changed since` };
  };

  const acts = (machine: Machine): readonly DeedAct[] => {
    const known = planned.get(machine.node);
    if (known === undefined) throw new Failed({ code: 'invalid', message: 'It was not planned for.' });
    const { turn, look } = known;
    const wasKubernetesReady = look.isKubernetesReady === true;
    const gates: DeedAct = {
      kind: 'work',
      what: 'Waits until the cluster is well',
      run: (work) => gate({ machine, caller, clock, nodes, wasKubernetesReady }, work),
    };
    return [...configActs(turn, isAlone), ...(isAlone ? [] : [gates])];
  };

  return planDeed(
    deed.definition,
    deed.params,
    {
      deed: (where) => `${deed.deed} ${where}`,
      past: (where) => `${deed.past} ${where}`,
      risk: 'interrupts',
      does: modeWords(how),
      ...(deed.refused !== undefined && { refused: deed.refused }),
      kept: deed.kept,
      read,
      work: { acts, hold: tools.hold, whyWait: tools.whyWait },
    },
    tools,
  );
}

/** Lines of all machines together that somebody may still read, and the least of one. */
const MOST_LINES = 20_000;
const LEAST_LINES = 100;

/** As many lines as the sheet has room for. */
function boundedLines(lines: ConfigChange['diff'], machines: number): ConfigChange['diff'] {
  const most = Math.max(LEAST_LINES, Math.floor(MOST_LINES / machines));
  if (lines.length <= most) return lines;
  const text = `[${formatNumber(lines.length - most)} more lines are not shown]`;
  return [...lines.slice(0, most), { kind: 'same', text }];
}

/** What it becomes, or why the wish is none: a patch or a config that cannot be read. */
async function changed(desk: ConfigDesk, now: MachineConfigsNow, wish: WishedConfig): Promise<ConfigChange | string> {
  try {
    return await desk.texts.changeConfig(now.active, wish);
  } catch (error) {
    if (!(error instanceof Failed) || error.failure.code !== 'file-invalid') throw error;
    const { message, hint } = error.failure;
    return [/[.!?]$/.test(message) ? message : `${message}.`, ...(hint === undefined ? [] : [hint])].join(' ');
  }
}

const isOfOtherCluster = ({ before, after }: ConfigChange): boolean => otherClusterBy(before, after).length > 0;
