import type {
  DeedOrder,
  DeedsUnderWay,
  PlanHead,
  WrittenChange,
  WrittenFile,
} from '../../../preload/contract/index.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Ask } from '../confirm.ts';
import { applyPlan } from './apply.ts';
import type { DeedRun } from './deed-run.ts';
import type { Journal } from './journal.ts';
import { effectsOf, type FilePlan, type Plan } from './plan.ts';
import { Failed } from '../../lib/failed.ts';
import { Value, type Observable } from '../../lib/observable.ts';
import { NEVER_ABORTS } from '../../lib/until-aborted.ts';
import { Tokens, type Shelf } from './tokens.ts';
import { Written } from './undo.ts';

/** Options of {@link Plans}. */
export interface PlansOptions {
  readonly clock: Clock;
  /** Asks the user in a window of its own. */
  readonly ask: Ask;
  /** Where deeds are written down. */
  readonly journal: Journal;
}

/**
 * Everything that changes something goes through here: a plan is made and shown, then applied by its token, once; or made
 * and applied in one go where nothing is to be looked at first. What was written can be undone.
 */
export class Plans {
  /** Tokens of plans and of what they are made of. */
  readonly tokens: Tokens;
  /** What was written and can be undone. */
  readonly written: Written;
  readonly #options: PlansOptions;
  readonly #kept: Shelf<Plan>;
  /** What is being done, by cluster. */
  readonly #doing = new Map<string, string>();
  /** Deeds that are under way, by their id in the journal. */
  readonly #runs = new Map<string, DeedRun>();
  /** Those that are over: what they tell late changes nothing. */
  readonly #overs = new WeakSet<DeedRun>();
  readonly #underWay = new Value<DeedsUnderWay>({ deeds: [] });

  constructor(options: PlansOptions) {
    this.#options = options;
    this.tokens = new Tokens(options.clock);
    this.written = new Written(options.clock);
    this.#kept = this.tokens.shelf({ what: 'This plan', hint: 'Look at what would change again.', endsAtSleep: true });
  }

  /** Keeps a plan to be applied by its token. `weight`: characters it holds, about. */
  keep(plan: Plan, weight = 0): PlanHead {
    return { token: this.#kept.keep(plan, weight), risk: plan.risk, effects: effectsOf(plan) };
  }

  /** A plan that waits, to show more of it. Throws Failed `not-found` for an unknown or old token. */
  get(token: string): Plan {
    return this.#kept.get(token);
  }

  /**
   * Applies a plan, once. One that failed may be applied again, with the same checks, unless a file was written or a machine
   * asked. Throws Failed: `not-found` for an unknown or old token, `conflict` when something is not what the plan was made
   * on, `cancelled` when the user refused, and what its steps throw; what was written before that is said and can be undone.
   */
  apply(token: string, signal: AbortSignal = NEVER_ABORTS): Promise<WrittenChange> {
    let isSpent = false;
    const onBegun = (): void => {
      isSpent = true;
    };
    return this.#kept.use(
      token,
      (plan) => this.#carryOut(plan, signal, onBegun),
      () => isSpent,
    );
  }

  /** Applies a plan of files right away; a deed is always looked at first. Throws as {@link apply}. */
  carryOut(plan: FilePlan, signal: AbortSignal = NEVER_ABORTS): Promise<WrittenChange> {
    return this.#carryOut(plan, signal, () => undefined);
  }

  /** Deeds that are under way. */
  get underWay(): Observable<DeedsUnderWay> {
    return this.#underWay;
  }

  /** Whether Minos is needed for a deed that is under way, and when that is over. */
  readonly staying = {
    isNeeded: (): boolean => this.#runs.size > 0,
    onceOver: (then: () => void): void => {
      const stop = this.#underWay.subscribe(({ deeds }) => {
        if (deeds.length > 0) return;
        stop();
        then();
      });
    },
  };

  /** What the user wants of a deed that is under way. Throws Failed `not-found` when it is over, and what skipping throws. */
  order(id: string, order: DeedOrder, node: string | undefined): void {
    const run = this.#runs.get(id);
    if (run === undefined) throw new Failed({ code: 'not-found', message: 'This deed is over.' });
    if (order === 'skip') run.skip(node ?? '');
    else if (order === 'keep' || order === 'takeBack') run.choose(node ?? '', order);
    else run[order]();
  }

  /** Puts the files of a change back, see {@link Written.undo}. */
  undo(id: string): Promise<WrittenChange> {
    return this.written.undo(id);
  }

  readonly #onRun = (run: DeedRun, isOver: boolean): void => {
    if (!isOver && !this.#overs.has(run)) this.#runs.set(run.id, run);
    // Also how it was at the end, whose last moments may be too short to have been told.
    this.#tellUnderWay();
    if (!isOver) return;
    this.#runs.delete(run.id);
    this.#overs.add(run);
    this.#tellUnderWay();
  };

  #tellUnderWay(): void {
    this.#underWay.set({ deeds: [...this.#runs.values()].map(({ progress }) => progress) });
  }

  /** Throws Failed `busy` while another deed is done on the same cluster, also by another of its contexts. */
  async #alone(plan: Plan, work: () => Promise<void>): Promise<void> {
    if (plan.kind !== 'deed') return work();
    const { cluster, head } = plan;
    const other = this.#doing.get(cluster);
    if (other !== undefined) {
      throw new Failed({
        code: 'busy',
        message: `On this cluster something is being done already: ${other}.`,
        hint: 'Wait until it is over.',
        retry: 'safe',
      });
    }
    this.#doing.set(cluster, head.deed);
    try {
      await work();
    } finally {
      this.#doing.delete(cluster);
    }
  }

  async #carryOut(plan: Plan, signal: AbortSignal, onBegun: () => void): Promise<WrittenChange> {
    const files: WrittenFile[] = [];
    const onWritten = (file: WrittenFile): void => {
      files.push(file);
      onBegun();
    };
    const [undoneBy, what, afterwards] =
      plan.kind === 'deed' ? [undefined, plan.what, undefined] : [plan.undoneBy, undefined, plan.afterwards];
    let change: WrittenChange;
    try {
      await this.#alone(plan, () =>
        applyPlan(plan, { ...this.#options, signal, onWritten, onBegun, onRun: this.#onRun }),
      );
    } finally {
      change = this.written.record(files, undoneBy, what);
      await afterwards?.();
    }
    return change;
  }
}
