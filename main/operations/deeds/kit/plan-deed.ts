import type { LostThing, PlannedChange, PlannedMachine } from '../../../../preload/contract/index.ts';
import { Failed } from '../../../lib/failed.ts';
import type { Caller } from '../../clusters/caller.ts';
import type { CommandParams } from '../../commands/kit/definition.ts';
import { syntaxWords, talosctlLine } from '../../commands/kit/talosctl-line.ts';
import type { MachineBefore } from '../../plans/journal.ts';
import type { Machine } from '../../plans/machine.ts';
import type { DeedPlan, Fact, OneCallDeed, SteppedDeed } from '../../plans/plan.ts';
import { machineIdentityOf, whyAnother, type MachineIdentity } from '../power/machine-look.ts';
import { clusterName } from './cluster-name.ts';
import type { DeedDefinition, DeedTools, Evidence, PlannedDeed } from './definition.ts';
import { lostWords } from './lost-words.ts';
import { readEach } from './read-each.ts';

/** The call by which one machine is read. */
export interface ReadCall {
  readonly caller: Caller;
  readonly node: string;
  readonly signal: AbortSignal;
}

/** How a machine is, as far as a deed hangs on it, and after a restart whether it was done. */
export interface MachineReading extends Evidence {
  /** A short text without a dot; the deed is not done once it reads otherwise. */
  readonly now: string;
  /** The same in a failure, and so in the journal, where `now` may tell a secret. Default: `now`. */
  readonly said?: string;
  /** Why the deed cannot be done on it, a sentence or two. */
  readonly refused?: string;
  /** What it does there beyond what it does anywhere, a sentence each. */
  readonly effects?: readonly string[];
  /** How it changes, line by line. */
  readonly change?: PlannedChange;
  /** For this machine the cluster's own name has to be typed. */
  readonly isTyped?: true;
  /** What is gone afterwards. */
  readonly loses?: readonly Omit<LostThing, 'node'>[];
}

/** One deed with its parameters, before any machine is read. */
export interface DeedShape {
  /** `Remove “nginx:1” from`, with what stands before the names of the machines. */
  readonly deed: (where: string) => string;
  /** The same in the past tense. */
  readonly past: (where: string) => string;
  readonly risk: DeedPlan['risk'];
  /** What it does on each machine, a sentence. */
  readonly does: string;
  /** The cluster's own name has to be typed. */
  readonly isTyped?: true;
  /** Why it is done nowhere. */
  readonly refused?: string;
  /** Parameters as the journal keeps them, where one of them may be a secret. */
  readonly kept?: CommandParams;
  /** Reads one machine. Throws what calls throw. */
  readonly read: (call: ReadCall) => Promise<MachineReading>;
  readonly work: Pick<OneCallDeed, 'call' | 'look'> | Pick<SteppedDeed, 'acts' | 'hold' | 'whyWait'>;
  /** See `MachineBefore.settlesMs`. Default: as long as its one call may take. */
  readonly settlesMs?: number;
}

interface Told extends Partial<MachineReading> {
  readonly machine: Machine;
  /** Which machine it is, whatever its address. */
  readonly identity?: MachineIdentity;
}

/**
 * Plans a deed from how each machine is now. A machine that does not answer, or refuses, forbids the whole: it can be planned for the
 * others. Throws Failed when the cluster cannot be dialled, and the signal's reason.
 */
export async function planDeed(
  definition: Pick<DeedDefinition, 'params' | 'syntax'>,
  params: CommandParams,
  shape: DeedShape,
  tools: DeedTools,
): Promise<PlannedDeed> {
  const { machines, clock, caller } = tools;
  const where = machines.length === 1 ? machines[0].name : `${machines.length} machines`;
  const nodes = machines.map(({ node }) => node);
  const line = (given: CommandParams): string => talosctlLine(caller(), nodes, syntaxWords(definition, given));
  const told: readonly Told[] =
    shape.refused === undefined ? await readAll(shape, tools) : machines.map((machine) => ({ machine }));
  const loses = told.flatMap((each) => withNode(each));
  const preview = {
    deed: shape.deed(where),
    machines: told.map(planned),
    talosctl: line(params),
    atMs: clock.now(),
    ...(loses.length > 0 && { loses }),
    ...(shape.refused !== undefined && { refused: shape.refused }),
  };
  const seen = new Map(told.flatMap(seenOf));
  if (shape.refused !== undefined || told.some(({ refused }) => refused !== undefined)) return { preview, seen };
  const head = { deed: preview.deed, talosctl: line(shape.kept ?? params) };
  return { preview, seen, plan: await planOf(shape, { head, past: shape.past(where), told, loses }, tools) };
}

/** What a plan is made of beside its shape. */
interface Parts {
  readonly head: { readonly deed: string; readonly talosctl: string };
  readonly past: string;
  readonly told: readonly Told[];
  readonly loses: readonly LostThing[];
}

async function planOf(shape: DeedShape, { head, past, told, loses }: Parts, tools: DeedTools): Promise<DeedPlan> {
  const { machines, caller, signal } = tools;
  const { cluster, ...place } = tools.place;
  const special = told.flatMap(({ machine, effects = [] }) => effects.map((effect) => `On ${machine.name}: ${effect}`));
  const isTyped = shape.isTyped === true || told.some((one) => one.isTyped === true);
  const risk = told.some((one) => one.isTyped === true) ? 'destroys' : shape.risk;
  const typed = isTyped ? await clusterName(caller(), machines[0].node, place.context, signal) : undefined;
  return {
    kind: 'deed',
    risk,
    what: past,
    head: { ...place, ...head },
    cluster,
    effects: [shape.does, ...special],
    machines,
    before: new Map(told.map(({ machine: { node }, ...one }) => [node, beforeOf(one, shape)])),
    facts: told.map((each) => stillSo(shape, each, tools)),
    question: {
      title: `${head.deed}?`,
      facts: [
        `Cluster: ${place.context}, of ${place.file}.`,
        shape.does,
        ...special,
        ...(loses.length > 0 ? [`Gone for good: ${lostWords(loses)}.`] : []),
        ...(machines.length > 1 ? ['One machine after another; one that fails ends it.'] : []),
      ],
      names: {
        label: 'Machines',
        items: machines.map(({ name, node }) => (name === node ? name : `${name} (${node})`)),
      },
      deed: head.deed,
      isDestructive: risk === 'destroys',
      ...(typed !== undefined && { typed }),
    },
    ...shape.work,
    caller,
  };
}

/** Of a text that is kept. */
const MOST_KEPT = 400;
const MOST_SETTLES_MS = 24 * 3_600_000;

/** What the journal keeps of a machine. */
function beforeOf(
  { identity = NOBODY, now, said = now, trace }: Omit<Told, 'machine'>,
  { work, settlesMs = 'call' in work ? work.call.deadlineMs : undefined }: DeedShape,
): MachineBefore {
  const { uuid, nodeId } = identity;
  return {
    ...{ ...(uuid !== undefined && { uuid }), ...(nodeId !== undefined && { nodeId }) },
    ...(trace !== undefined && { trace: trace.slice(0, MOST_KEPT) }),
    ...(said !== undefined && { saw: said.slice(0, MOST_KEPT) }),
    // A call without an end in time is none that JSON knows.
    ...(settlesMs !== undefined && { settlesMs: Math.min(settlesMs, MOST_SETTLES_MS) }),
  };
}

function seenOf({
  machine,
  now,
  said = now,
  isDone,
  trace,
}: Told): readonly (readonly [string, Evidence & { readonly words: string }])[] {
  if (said === undefined) return [];
  const evidence = {
    ...(isDone !== undefined && { isDone }),
    ...(trace !== undefined && { trace: trace.slice(0, MOST_KEPT) }),
  };
  return [[machine.node, { words: said.slice(0, MOST_KEPT), ...evidence }]];
}

const withNode = ({ machine: { node }, loses = [] }: Told): readonly LostThing[] =>
  loses.map((thing) => ({ node, ...thing }));

function planned({ machine: { node, name }, now, refused, change }: Told): PlannedMachine {
  return {
    ...{ node, name },
    ...(now !== undefined && { now }),
    ...(refused !== undefined && { refused }),
    ...(change && { change }),
  };
}

function readAll({ read }: DeedShape, tools: DeedTools): Promise<readonly Told[]> {
  const readOne = async (caller: Caller, machine: Machine): Promise<Told> => {
    const call = { node: machine.node, signal: tools.signal };
    const reading = await read({ caller, ...call });
    // A reason of the deed's own says more than a machine that does not answer.
    const identity = reading.refused === undefined ? await machineIdentityOf(caller, call) : NOBODY;
    return { machine, identity, ...reading };
  };
  return readEach(tools.machines, tools, readOne, (machine, refused) => ({ machine, refused }));
}

/** It is the machine that was planned, reads as it did then, and still allows it. */
function stillSo(
  { read }: DeedShape,
  { machine, identity = NOBODY, now = '', said = now }: Told,
  { caller }: DeedTools,
): Fact {
  const { node, name } = machine;
  return {
    what: `On ${name}: ${said}.`,
    machine: node,
    holds: async (signal) => {
      const call = { node, signal };
      const why = whyAnother(identity, await machineIdentityOf(caller(), call));
      if (why !== undefined) throw new Failed({ code: 'conflict', message: `${name}: ${why}`, where: { node } });
      const reading = await read({ caller: caller(), ...call });
      return reading.refused === undefined && reading.now === now;
    },
  };
}

const NOBODY: MachineIdentity = { uuid: undefined, nodeId: undefined };
