import {
  undoneSteps,
  unseenSteps,
  type ContextSummary,
  type DeedRecord,
  type DeedRest,
  type DeedStep,
} from '../../../../preload/contract/index.ts';
import type { Clock } from '../../../lib/clock.ts';
import { Failed } from '../../../lib/failed.ts';
import type { Observable } from '../../../lib/observable.ts';
import { pause } from '../../../lib/pause.ts';
import type { Clusters } from '../../clusters/clusters.ts';
import { deedPlace } from '../../plans/deed-place.ts';
import type { DeedTrace } from '../../plans/journal.ts';
import { eachBounded } from '../../work/fan-out/each-bounded.ts';
import type { DeedJournal } from '../deed-journal.ts';
import type { DeedDefinition, PlannedDeed } from '../kit/definition.ts';
import { lookOnce, type WhatCame } from './look-once.ts';

/** Machines that are looked at at once. */
const MOST_AT_ONCE = 4;
/** Often at first: whoever starts Minos again looks. Half an hour in all, as long as a machine may take. */
const SOON_MS = 5_000;
const SOON_LOOKS = 24;
const LATER_MS = 30_000;
const MOST_LOOKS = SOON_LOOKS + 60;
/** Older ones are looked up when the user says so: much may have happened since. */
const BY_ITSELF_MS = 7 * 24 * 3_600_000;

/** What {@link LookUps} work with. */
export interface LookUpsOptions {
  readonly journal: Pick<DeedJournal, 'state' | 'traceOf' | 'looks' | 'lookedUp'>;
  /** Contexts of all open files; it tells when they change. */
  readonly contexts: Observable<{ readonly contexts: readonly ContextSummary[] }>;
  readonly clusters: Pick<Clusters, 'visit'>;
  readonly definitions: readonly Pick<DeedDefinition, 'id' | 'lookUp'>[];
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
    const { signal } = this.#end;
    const one = (step: DeedStep): Promise<void> => this.#follow(deed, step);
    for (const { node } of unseenSteps(deed)) this.#options.journal.looks(deed.id, node, 'It is being looked up.');
    void eachBounded(unseenSteps(deed), MOST_AT_ONCE, signal, one, () => undefined).finally(() =>
      this.#under.delete(deed.id),
    );
  }

  /** One machine, until it is known what came. Never rejects. */
  async #follow(deed: DeedRecord, step: DeedStep): Promise<void> {
    const { journal, clock, isSeen } = this.#options;
    const { signal } = this.#end;
    const { id } = deed;
    let last = '';
    for (let looks = 0; looks < MOST_LOOKS && !signal.aborted;) {
      if (isSeen()) {
        looks += 1;
        const found = await this.#look(deed, step);
        if (signal.aborted) return;
        const { kind, text } = found;
        if (kind !== 'goes-on') return journal.lookedUp(id, { node: step.node, ...ended(kind, found) });
        last = text;
        journal.looks(id, step.node, last);
      }
      await pause(clock, looks < SOON_LOOKS ? SOON_MS : LATER_MS, signal);
    }
    if (signal.aborted) return;
    const text = `It may have been carried out. It was looked up for half an hour, and nobody can say yet: ${last}`;
    const { node, stage } = step;
    await journal.lookedUp(id, { node, stage, text: stage === 'left' ? (step.text ?? text) : text, lookUp: 'wanted' });
  }

  /** Once. What cannot be read is looked at again. */
  async #look(deed: DeedRecord, step: DeedStep): Promise<WhatCame> {
    const { clusters, clock, definitions, plan } = this.#options;
    const signal = this.#end.signal;
    let words = (error: unknown): string => (error instanceof Failed ? error.failure.message : 'It was not reached.');
    try {
      const wish = this.#wish(deed, [step.node]);
      const { cluster, leave } = clusters.visit(wish.context);
      try {
        const { caller } = cluster;
        words = (error) => caller.explain(error, { node: step.node }).message;
        return await lookOnce({
          ...{ step, caller, signal, trace: this.#traceOf(deed), plan: () => plan(wish, signal) },
          definition: definitions.find((each) => each.id === wish.deed),
          sinceMs: Math.max(0, clock.now() - step.atMs),
        });
      } finally {
        leave();
      }
    } catch (error) {
      return { kind: 'goes-on', text: words(error) };
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
