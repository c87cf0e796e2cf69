import type { Failure } from '../../../preload/contract/index.ts';
import { Failed } from '../../lib/failed.ts';
import { untilAborted } from '../../lib/until-aborted.ts';
import type { DeedEntry, DeedOutcome } from './journal.ts';
import type { Machine } from './machine.ts';
import type { ActTools, AnyDeedCall, CallAct, DeedAct, DeedPlan, WorkAct } from './plan.ts';

/** What the acts of one machine are done with. */
export interface DoingActs extends ActTools {
  readonly machine: Machine;
  readonly entry: DeedEntry;
  /** Looks at the facts again. Throws Failed where one does not hold any more. */
  readonly mustHold: () => Promise<void>;
  /** Makes a call, once. Throws Failed. */
  readonly send: (call: AnyDeedCall) => Promise<void>;
  /** Called before something is asked. */
  readonly onBegun: () => void;
  /** Called with each act when it begins; not with a call that is not needed. */
  readonly onAct: (act: DeedAct) => void;
}

/** What is done on a machine, in this order. */
export function actsOf(plan: DeedPlan, machine: Machine): readonly DeedAct[] {
  if ('acts' in plan) return plan.acts(machine);
  const { call, look } = plan;
  const looks: WorkAct = {
    kind: 'work',
    what: 'Looks how it is',
    run: async ({ signal }) => look?.(machine, signal).catch(() => NOT_SEEN),
  };
  return [{ kind: 'call', what: plan.head.deed, call: () => call }, ...(look === undefined ? [] : [looks])];
}

const NOT_SEEN = 'It answered that it was done. How it is since then was not seen.';

/**
 * Does the acts of one machine, each call written down before it is made, and how it ended afterwards. After one that failed only
 * those are done that give something back. Throws what failed first.
 */
export async function doActs(acts: readonly DeedAct[], doing: DoingActs): Promise<void> {
  const { entry, machine, signal, mustHold, onAct } = doing;
  const so: Soever = { asked: false, sent: undefined, lost: undefined };
  const said: string[] = [];
  let failed: { readonly error: unknown; readonly outcome: DeedOutcome } | undefined;
  for (const [at, act] of acts.entries()) {
    const isAlways = act.kind === 'work' && act.isAlways === true;
    if (failed !== undefined && !isAlways) continue;
    try {
      if (at === 0 && act.kind === 'work') await entry.prepares(machine);
      if (at === 0) await mustHold();
      if (!isAlways) signal.throwIfAborted();
      if (act.kind === 'work') onAct(act);
      const text = act.kind === 'work' ? await act.run(doing) : await ask(act, at > 0, so, doing);
      if (text !== undefined) said.push(text);
      // The act after a call whose answer was lost could say what came of it.
      if (act.kind === 'work' && !isAlways) so.lost = undefined;
    } catch (error) {
      if (failed === undefined) failed = { error, outcome: outcomeOf(error, act, so) };
      else said.push(wordsOf(error));
    }
  }
  if (failed === undefined) {
    await entry.ended(machine, { stage: 'done', ...(said.length > 0 && { text: said.join(' ') }) });
    return;
  }
  const { stage, text } = failed.outcome;
  await entry.ended(machine, { stage, text: [text, ...said].filter((part) => part !== undefined).join(' ') });
  throw failed.error;
}

/** How far it is on a machine. */
interface Soever {
  /** What makes the deed was sent. */
  asked: boolean;
  /** The call that was sent last. */
  sent: CallAct | undefined;
  /** In which words the answer was lost. */
  lost: string | undefined;
}

async function ask(act: CallAct, isLater: boolean, so: Soever, doing: DoingActs): Promise<undefined> {
  const { entry, machine, signal, mustHold, send, onBegun } = doing;
  if (act.isNeeded?.() === false) return;
  // What came before may have taken long.
  if (isLater) await mustHold();
  const call = act.call();
  if (call === undefined) return;
  doing.onAct(act);
  signal.throwIfAborted();
  await entry.asked(machine, isLater || act.prepares === true ? act.what : undefined);
  signal.throwIfAborted();
  onBegun();
  so.sent = act;
  if (act.prepares !== true) so.asked = true;
  try {
    call.onSending?.();
    await answered(send(call), signal);
  } catch (error) {
    const isLost = error instanceof Failed && act.isLookedUp === true && mayBeDone(error.failure);
    if (!isLost) throw error;
    so.lost = error.failure.message;
  }
  if (act.isLookedUp === true) await entry.tracks(machine, so.lost ?? 'It answered, and is watched until it is over.');
}

/** Resolves when a call was answered. Throws what it throws, and the signal's reason when nobody waits any more: it goes on then. */
async function answered(answer: Promise<void>, signal: AbortSignal): Promise<void> {
  let isOver = false;
  const over = answer.finally(() => (isOver = true));
  await untilAborted(signal, (resolve) => void over.then(resolve, resolve));
  if (!isOver) signal.throwIfAborted();
  await over;
}

/** It may have been carried out, as far as is known here. */
const mayBeDone = ({ code, retry }: Failure): boolean => code === 'maybe-done' || retry === 'ask';

/** A call that was sent and got no answer may have been carried out, whatever ended it. */
const ANSWER_LOST: readonly string[] = ['maybe-done', 'timeout', 'cancelled'];

function outcomeOf(error: unknown, act: DeedAct, { asked, sent, lost }: Soever): DeedOutcome {
  const text = wordsOf(error);
  if (act === sent && sent.prepares === true) return { stage: 'failed', text };
  if (!asked) return { stage: 'left', text };
  if (lost !== undefined) return { stage: 'maybe', text: `${lost} ${text}` };
  const isUnknown =
    !(error instanceof Failed) ||
    (act.kind === 'call' ? ANSWER_LOST : ['maybe-done', 'cancelled']).includes(error.failure.code);
  return { stage: isUnknown ? 'maybe' : 'failed', text };
}

const wordsOf = (error: unknown): string => (error instanceof Failed ? error.failure.message : 'It was stopped.');
