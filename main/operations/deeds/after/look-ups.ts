import {
  undoneSteps,
  unseenSteps,
  type ContextSummary,
  type DeedRecord,
  type DeedRest,
  type DeedStep,
  type Failure,
} from '../../../../preload/contract/index.ts';
import type { Clock } from '../../../lib/clock.ts';
import { Failed } from '../../../lib/failed.ts';
import type { Observable } from '../../../lib/observable.ts';
import { pause } from '../../../lib/pause.ts';
import type { Clusters } from '../../clusters/clusters.ts';
import { deedPlace } from '../../plans/deed-place.ts';
import type { DeedTrace } from '../../plans/journal.ts';
import { eachBounded } from '../../work/fan-out/each-bounded.ts';
import type { ConfigDesk } from '../config/config-desk.ts';
import type { DeedJournal } from '../deed-journal.ts';
import type { DeedDefinition, PlannedDeed } from '../kit/definition.ts';
import { lookOnce, type WhatCame } from './look-once.ts';

/** Machines that are looked at at once. */
const MOST_AT_ONCE = 4;
/** Often at first: whoever starts Minos again looks. Half an hour more, as long as a machine may take. */
const SOON_MS = 5_000;
const SOON_FOR_MS = 120_000;
const LATER_MS = 30_000;
const MOST_MS = SOON_FOR_MS + 30 * 60_000;
/** Older ones are looked up when the user says so: much may have happened since. */
const BY_ITSELF_MS = 7 * 24 * 3_600_000;

/** For how long a machine could not be read, and why. */
interface Away {
  readonly code: string;
  readonly fromMs: number;
}

/** A machine of which nobody can say yet. */
interface Pending {
  readonly step: DeedStep;
  /** How it was at the last look, a sentence. */
  readonly last: string;
  readonly away: Away | undefined;
}

/** What {@link LookUps} work with. */
export interface LookUpsOptions {
  readonly journal: Pick<DeedJournal, 'state' | 'traceOf' | 'looks' | 'lookedUp'>;
  /** Contexts of all open files; it tells when they change. */
  readonly contexts: Observable<{ readonly contexts: readonly ContextSummary[] }>;
  readonly clusters: Pick<Clusters, 'visit'>;
  readonly definitions: readonly Pick<DeedDefinition, 'id' | 'lookUp' | 'lookUpAway'>[];
  /** To read machine configs. */
  readonly configs: Pick<ConfigDesk, 'texts'>;
  /** Plans a deed again, by reading alone. Throws Failed. */
  readonly plan: (wish: DeedRest, signal: AbortSignal) => Promise<PlannedDeed>;
  /** False while the window is hidden: nothing is looked at then. */
  readonly isSeen: () => boolean;
  readonly clock: Clock;
}

/**
 * What came of deeds of which nobody saw it, because Minos ended in the middle of them: each machine is looked at by reading alone, until
 * that is known or half an hour is over. Nothing is ever asked again (docs/adr/0049).
 */
export class LookUps {
  readonly #options: LookUpsOptions;
  readonly #end = new AbortController();
  /** Deeds that are looked up now. */
  readonly #under = new Set<string>();
  /** Of before this start, and not looked up since. */
  #waiting: ReadonlySet<string> = new Set();
  #stopFollowing: (() => void) | undefined;

  constructor(options: LookUpsOptions) {
    this.#options = options;
  }

  /** Looks up what the last Minos left, each deed as soon as a context leads to its cluster. Called once the journal was read. */
  start(): void {
    const { journal, clock, contexts } = this.#options;
    const left = (journal.state.current.deeds ?? []).filter(
      (deed) => unseenSteps(deed).length > 0 && clock.now() - deed.atMs < BY_ITSELF_MS,
    );
    this.#waiting = new Set(left.map(({ id }) => id));
    if (left.length === 0) return;
    this.#stopFollowing = contexts.subscribe(() => this.#begin());
    this.#begin();
  }

  /** Looks a deed up now. Throws Failed: `not-found` where there is nothing to be looked up, `conflict` when no context leads to its cluster. */
  lookUp(id: string): void {
    const deed = this.#find(id);
    this.#contextOf(deed);
    if (unseenSteps(deed).length === 0) throw nothing();
    this.#run(deed);
  }

  /** Where a deed was not done, as something to be planned. Throws as {@link lookUp}. */
  rest(id: string): DeedRest {
    const deed = this.#find(id);
    const nodes = undoneSteps(deed).map(({ node }) => node);
    if (nodes.length === 0) throw nothing();
    return this.#wish(deed, nodes);
  }

  /** Ends all looking. */
  close(): void {
    this.#stopFollowing?.();
    this.#end.abort();
  }

  #begin(): void {
    for (const id of this.#waiting) {
      try {
        this.lookUp(id);
        this.#waiting = new Set([...this.#waiting].filter((each) => each !== id));
      } catch (error) {
        // No context leads there yet.
        if (!(error instanceof Failed)) throw error;
      }
    }
  }

  #run(deed: DeedRecord): void {
    if (this.#under.has(deed.id)) return;
    this.#under.add(deed.id);
    for (const { node } of unseenSteps(deed)) this.#options.journal.looks(deed.id, node, 'It is being looked up.');
    void this.#rounds(deed).finally(() => this.#under.delete(deed.id));
  }

  /** Looks at all its machines, and again at those of which nobody can say yet: one that is silent keeps no other one waiting for long. Never rejects. */
  async #rounds(deed: DeedRecord): Promise<void> {
    const { clock, isSeen } = this.#options;
    const { signal } = this.#end;
    let pending: readonly Pending[] = unseenSteps(deed).map((step) => ({ step, last: '', away: undefined }));
    for (let spentMs = 0; pending.length > 0 && spentMs < MOST_MS && !signal.aborted;) {
      const fromMs = clock.monotonic();
      const wasSeen = isSeen();
      if (wasSeen) pending = await this.#round(deed, pending);
      if (pending.length === 0 || signal.aborted) return;
      await pause(clock, spentMs < SOON_FOR_MS ? SOON_MS : LATER_MS, signal);
      // While nobody looks, no time passes.
      if (wasSeen) spentMs += clock.monotonic() - fromMs;
    }
    if (!signal.aborted) for (const one of pending) await this.#givesUp(deed, one);
  }

  /** One look at each; who is still to be looked at. Those that answered go first: the others take their time. */
  async #round(deed: DeedRecord, pending: readonly Pending[]): Promise<readonly Pending[]> {
    const { signal } = this.#end;
    const isAway = ({ away }: Pending): number => (away === undefined ? 0 : 1);
    const left: Pending[] = [];
    const one = async (each: Pending): Promise<void> => {
      const next = await this.#lookAt(deed, each);
      if (next !== undefined) left.push(next);
    };
    await eachBounded(
      [...pending].sort((a, b) => isAway(a) - isAway(b)),
      MOST_AT_ONCE,
      signal,
      one,
      () => undefined,
    );
    return left;
  }

  /** One machine; undefined once it is known what came. */
  async #lookAt(deed: DeedRecord, { step, away }: Pending): Promise<Pending | undefined> {
    const { id } = deed;
    const { journal } = this.#options;
    const isForgotten = (): boolean => journal.traceOf(id) === undefined;
    // Old ones are forgotten at any time, also while they are looked up.
    const looked = isForgotten() ? undefined : await this.#look(deed, step, away);
    if (this.#end.signal.aborted) return undefined;
    if (looked === undefined || isForgotten()) {
      journal.looks(id, step.node, undefined);
      return undefined;
    }
    const { found, away: now } = looked;
    const { kind, text } = found;
    if (kind === 'goes-on') {
      journal.looks(id, step.node, text);
      return { step, last: text, away: now };
    }
    await journal.lookedUp(id, { node: step.node, ...ended(kind, found) });
    return undefined;
  }

  /** Nobody can say: it stays to be looked up. */
  async #givesUp({ id }: DeedRecord, { step: { node, stage, text: said }, last }: Pending): Promise<void> {
    const text = `It may have been carried out. It was looked up for half an hour, and nobody can say yet: ${last}`;
    const told = stage === 'left' ? (said ?? text) : text;
    await this.#options.journal.lookedUp(id, { node, stage, text: told, lookUp: 'wanted' });
  }

  /** Once. What cannot be read is looked at again, unless that says something of its deed. */
  async #look(
    deed: DeedRecord,
    step: DeedStep,
    away: Away | undefined,
  ): Promise<{ readonly found: WhatCame; readonly away?: Away }> {
    const { clusters, clock, configs, definitions, plan } = this.#options;
    const signal = this.#end.signal;
    let explain = (error: unknown): Pick<Failure, 'code' | 'message'> =>
      error instanceof Failed ? error.failure : { code: 'internal', message: 'It was not reached.' };
    const trace = this.#traceOf(deed);
    const definition = definitions.find(({ id }) => id === trace.kind);
    try {
      const wish = this.#wish(deed, [step.node]);
      const { cluster, leave } = clusters.visit(wish.context);
      try {
        const { caller } = cluster;
        explain = (error) => caller.explain(error, { node: step.node });
        const sinceMs = Math.max(0, clock.now() - step.atMs);
        const unseen = { step, caller, configs, signal, trace, definition, sinceMs, plan: () => plan(wish, signal) };
        return { found: await lookOnce(unseen) };
      } finally {
        leave();
      }
    } catch (error) {
      const { code, message: words } = explain(error);
      const now = away?.code === code ? away : { code, fromMs: clock.monotonic() };
      const told = { code, words, forMs: clock.monotonic() - now.fromMs, params: trace.params };
      // Where only its drain had begun, it was not asked.
      const said = step.stage === 'left' ? undefined : definition?.lookUpAway?.(told);
      return { found: said ?? { kind: 'goes-on', text: words }, away: now };
    }
  }

  #find(id: string): DeedRecord {
    const deed = this.#options.journal.state.current.deeds?.find((each) => each.id === id);
    if (deed?.isOver !== true) throw nothing();
    return deed;
  }

  #traceOf({ id }: DeedRecord): DeedTrace {
    const trace = this.#options.journal.traceOf(id);
    if (trace === undefined) throw nothing();
    return trace;
  }

  #wish(deed: DeedRecord, nodes: readonly string[]): DeedRest {
    const { kind, params } = this.#traceOf(deed);
    return { context: this.#contextOf(deed).id, nodes, deed: kind, params };
  }

  /** The context of its cluster: the one by which it was done, or another one. */
  #contextOf(deed: DeedRecord): ContextSummary {
    const { cluster } = this.#traceOf(deed);
    const all = this.#options.contexts.current.contexts.filter(
      (each) => each.isUsable && deedPlace(each).cluster === cluster,
    );
    const found = all.find(({ name, file }) => name === deed.context && file === deed.file) ?? all[0];
    if (found !== undefined) return found;
    throw new Failed({
      code: 'conflict',
      message: 'No context of the open files leads to the cluster of this deed.',
      hint: 'Open the talosconfig that has it.',
    });
  }
}

type Ending = Exclude<WhatCame['kind'], 'goes-on'>;

const STAGES = { done: 'done', failed: 'failed', 'not-done': 'left', unknown: 'maybe' } as const;

/** As it stands in the journal once it is known. */
function ended(kind: Ending, { text, giveBack }: WhatCame): Pick<DeedStep, 'stage' | 'text' | 'lookUp' | 'giveBack'> {
  const words = kind === 'unknown' ? `It may have been carried out, and a look at it does not tell. ${text}` : text;
  return { stage: STAGES[kind], text: words, lookUp: 'done', ...(giveBack !== undefined && { giveBack }) };
}

const nothing = (): Failed =>
  new Failed({ code: 'not-found', message: 'Of this deed there is nothing to be looked up or planned anew.' });
