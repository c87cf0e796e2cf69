import type { PlanHead, WrittenChange, WrittenFile } from '../../../preload/contract/index.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Ask } from '../confirm.ts';
import { applyPlan } from './apply.ts';
import { effectsOf, type FilePlan } from './plan.ts';
import { Tokens, type Shelf } from './tokens.ts';
import { Written } from './undo.ts';

/** Options of {@link Plans}. */
export interface PlansOptions {
  readonly clock: Clock;
  /** Asks the user in a window of its own. */
  readonly ask: Ask;
}

const NEVER = new AbortController().signal;

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
  readonly #kept: Shelf<FilePlan>;

  constructor(options: PlansOptions) {
    this.#options = options;
    this.tokens = new Tokens(options.clock);
    this.written = new Written(options.clock);
    this.#kept = this.tokens.shelf({ what: 'This plan', hint: 'Look at what would change again.', endsAtSleep: true });
  }

  /** Keeps a plan to be applied by its token. `weight`: characters it holds, about. */
  keep(plan: FilePlan, weight = 0): PlanHead {
    return { token: this.#kept.keep(plan, weight), risk: plan.risk, effects: effectsOf(plan) };
  }

  /** A plan that waits, to show more of it. Throws Failed `not-found` for an unknown or old token. */
  get(token: string): FilePlan {
    return this.#kept.get(token);
  }

  /**
   * Applies a plan, once. One that failed may be applied again, with the same checks. Throws Failed: `not-found` for an
   * unknown or old token, `conflict` when something is not what the plan was made on, `cancelled` when the user refused,
   * and what its steps throw; what was written before that can be undone.
   */
  apply(token: string, signal: AbortSignal = NEVER): Promise<WrittenChange> {
    return this.#kept.use(token, (plan) => this.carryOut(plan, signal));
  }

  /** Applies a plan right away. Throws as {@link apply}. */
  async carryOut(plan: FilePlan, signal: AbortSignal = NEVER): Promise<WrittenChange> {
    const files: WrittenFile[] = [];
    const { ask, clock } = this.#options;
    let change: WrittenChange;
    try {
      await applyPlan(plan, { ask, clock, signal, onWritten: (file) => files.push(file) });
    } finally {
      change = this.written.record(files, plan.undoneBy);
      await plan.afterwards?.();
    }
    return change;
  }

  /** Puts the files of a change back, see {@link Written.undo}. */
  undo(id: string): Promise<WrittenChange> {
    return this.written.undo(id);
  }
}
