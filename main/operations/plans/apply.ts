import type { WrittenFile } from '../../../preload/contract/index.ts';
import type { Clock } from '../../lib/clock.ts';
import { Failed, isCancelled } from '../../lib/failed.ts';
import { NEVER_ABORTS } from '../../lib/until-aborted.ts';
import { methodOf, type ChangePath } from '../../talos/methods.ts';
import type { Caller } from '../clusters/caller.ts';
import type { Ask } from '../confirm.ts';
import { actsOf, doActs } from './acts.ts';
import { asPlanned } from './file-basis.ts';
import { conduct, type FailedMachine } from './conduct.ts';
import { DeedRun } from './deed-run.ts';
import { halfDone } from './half-done.ts';
import type { DeedEntry, Journal } from './journal.ts';
import type { Machine } from './machine.ts';
import { Permit } from './permit.ts';
import type { AnyDeedCall, DeedCall, DeedPlan, DeedUpload, FilePlan, Plan, ReadyStep } from './plan.ts';

/** What applying a plan needs. */
export interface Applying {
  /** Asks the user in a window of its own. */
  readonly ask: Ask;
  readonly clock: Clock;
  /** Where deeds are written down before they are done. */
  readonly journal: Journal;
  /** Aborted when the page that asks is gone; closes a question. */
  readonly signal: AbortSignal;
  /** Gets every file as soon as it is written, also when a later one fails. */
  readonly onWritten: (file: WrittenFile) => void;
  /** Called before a machine is changed: from then on the plan may not be applied again, whatever comes. */
  readonly onBegun: () => void;
  /** Gets a deed when it begins, when something of it changed, and when it is over. */
  readonly onRun: (run: DeedRun, isOver: boolean) => void;
}

/**
 * The one way a plan is carried out: everything it is based on is looked at again, then the user is asked everything, then
 * the steps are done in their order. A step that fails ends it; what was written before stays and can be undone.
 */
export function applyPlan(plan: Plan, applying: Applying): Promise<void> {
  return plan.kind === 'deed' ? applyDeed(plan, applying) : applyFiles(plan, applying);
}

async function applyFiles({ steps }: FilePlan, { ask, clock, signal, onWritten }: Applying): Promise<void> {
  const ready: ReadyStep[] = [];
  for (const { basis, ready: look } of steps) {
    const step = await look(await asPlanned(basis, clock));
    if (step) ready.push(step);
  }
  for (const { questions } of ready) for (const question of questions) await ask(question, signal);
  const written: string[] = [];
  for (const { write } of ready) {
    try {
      const file = await write(signal);
      onWritten(file);
      written.push(file.file);
    } catch (error) {
      if (written.length === 0) throw error;
      throw halfDone(error, (message) => `${message} Written before that: ${written.join(', ')}.`);
    }
  }
}

async function applyDeed(plan: DeedPlan, applying: Applying): Promise<void> {
  const { clock, ask, journal, signal, onBegun, onRun } = applying;
  const { facts, head, machines, question } = plan;
  await mustHold(plan, facts, signal);
  await ask(question, signal);
  const entry = await journal.begin(head, machines);
  const done: Machine[] = [];
  // What was confirmed is done also when the page that asked goes away.
  const onChange = (): void => onRun(run, false);
  const run = new DeedRun({ id: entry.id, deed: head.deed, machines, clock, last: plan.last, onChange });
  onRun(run, false);
  let letGo: (() => void) | undefined;
  try {
    letGo = 'acts' in plan ? plan.hold?.(run) : undefined;
    const lanes = ('acts' in plan ? plan.lanes : undefined) ?? [{ machines, atOnce: 1 }];
    const whyNot = 'acts' in plan ? plan.whyWait : undefined;
    const [failed] = await conduct(lanes, run, whyNot, async (machine) => {
      await doOn(plan, machine, entry, run, onBegun);
      done.push(machine);
    });
    const skipped = machines.filter((machine) => run.isSkipped(machine));
    for (const machine of skipped) await entry.ended(machine, SKIPPED);
    const isLeft = machines.length > 1 && run.signal.aborted && isCancelled(failed?.error);
    if (failed !== undefined && !isLeft) throw stopped(machines, done, failed);
    if (done.length + skipped.length < machines.length) throw endedByUser(machines, done);
  } finally {
    letGo?.();
    await entry.over();
    onRun(run, true);
  }
}

const SKIPPED = { stage: 'left', text: 'You left it out while the deed was under way.' } as const;

/** One machine of a deed: each call is written down, made once, and written down again. */
async function doOn(
  plan: DeedPlan,
  machine: Machine,
  entry: DeedEntry,
  run: DeedRun,
  onBegun: () => void,
): Promise<void> {
  const { signal } = run;
  const ofIt = plan.facts.filter((fact) => fact.machine === undefined || fact.machine === machine.node);
  const tell = (text: string): void => run.tell(machine, text);
  await doActs(actsOf(plan, machine), {
    ...{ machine, entry, signal, onBegun, tell },
    mark: (kind, name, isEnd) => run.mark(machine, kind, name, isEnd),
    pauses: async (why) => {
      run.pause(why);
      await run.mayGoOn();
      return run.isStopping ? 'stop' : 'goOn';
    },
    offers: (offer) => run.offer(machine, offer),
    onAct: ({ what }) => {
      if (what !== '') run.act(machine, what);
    },
    // It may have been long until the user answered, and until the machine before was done.
    mustHold: () => mustHold(plan, ofIt, signal),
    send: (call) => carryOut(plan.caller(), machine, call, tell),
  });
  await entry.took(machine, run.spansOf(machine));
}

// Not ended by the page: a call that was sent may be carried out in any case, and its answer is wanted.
const signal = NEVER_ABORTS;

async function carryOut(
  caller: Caller,
  machine: Machine,
  call: AnyDeedCall,
  tell: (text: string) => void,
): Promise<void> {
  try {
    if ('messages' in call) await upload(caller, machine, call);
    else if (isUnary(call)) await ofOne(caller, machine, call, tell);
    else await ofMany(caller, machine, call, tell);
  } catch (error) {
    const failure = caller.explain(error, { node: machine.node });
    // What the error itself says goes no further where the machine may quote a secret.
    throw call.explained ? new Failed(await call.explained(failure)) : new Failed(failure, error);
  }
}

const upload = async <P extends ChangePath<'client'>>(
  caller: Caller,
  machine: Machine,
  { method, messages, deadlineMs }: DeedUpload<P>,
): Promise<unknown> => caller.changeUpload(Permit.give(method, machine), messages(), { deadlineMs, signal });

type AnswerCall = Exclude<AnyDeedCall, { readonly messages: unknown }>;

const isUnary = (call: AnswerCall): call is Extract<AnswerCall, { readonly method: ChangePath<'unary'> }> =>
  methodOf(call.method)?.kind === 'unary';

async function ofOne<P extends ChangePath<'unary'>>(
  caller: Caller,
  machine: Machine,
  { method, request, deadlineMs, take }: DeedCall<P>,
  tell: (text: string) => void,
): Promise<void> {
  const answer = await caller.change(Permit.give(method, machine), request, { deadlineMs, signal });
  const text = take?.(answer);
  if (text !== undefined) tell(text);
}

async function ofMany<P extends ChangePath<'server'>>(
  caller: Caller,
  machine: Machine,
  { method, request, deadlineMs, take }: DeedCall<P>,
  tell: (text: string) => void,
): Promise<void> {
  for await (const answer of caller.changeStream(Permit.give(method, machine), request, { deadlineMs, signal })) {
    const text = take?.(answer);
    if (text !== undefined) tell(text);
  }
}

async function mustHold({ caller }: DeedPlan, facts: DeedPlan['facts'], signal: AbortSignal): Promise<void> {
  for (const { what, machine, holds } of facts) {
    try {
      if (await holds(signal)) continue;
    } catch (error) {
      if (error instanceof Failed) throw error;
      throw new Failed(caller().explain(error, machine === undefined ? {} : { node: machine }), error);
    }
    throw new Failed({
      code: 'conflict',
      message: `This is not so any more: ${what}`,
      hint: 'Look at the plan again: it is made anew from how the cluster is now.',
    });
  }
}

/** The user ended it before all was done. */
function endedByUser(machines: readonly Machine[], done: readonly Machine[]): Failed {
  const names = done.map(({ name }) => name).join(', ');
  const where = names === '' ? 'It was done on no machine.' : `It was done on ${names}.`;
  return new Failed({
    code: 'cancelled',
    message: `You ended it before all ${machines.length} machines were done. ${where}`,
  });
}

/** Says on which machines it was done although it ended at one. */
function stopped(machines: readonly Machine[], done: readonly Machine[], { machine, error }: FailedMachine): unknown {
  if (machines.length === 1 || !(error instanceof Failed)) return error;
  const names = done.map(({ name }) => name).join(', ');
  const where = names === '' ? 'It was done on no other machine.' : `It was done on ${names}.`;
  const { code, message } = error.failure;
  // The user did not cancel it, so they are told.
  const toldAs = code === 'cancelled' ? 'conflict' : code;
  return new Failed(
    { ...error.failure, code: toldAs, message: `Ended at ${machine.name}: ${message} ${where}` },
    error,
  );
}
