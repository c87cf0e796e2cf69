import type { RunEvent } from '../../../../preload/contract/index.ts';
import { failure } from '../../../lib/failed.ts';

type Answered = Extract<RunEvent, { type: 'answered' }>;

/**
 * Answers without rows of a run that looks for one named thing. They wait until some node has it: a node beside that one has
 * nothing to show. If none has it, the run found nothing where something was named, which is a failure and no empty table.
 */
export class WantedSomewhere {
  readonly #wanted: string | undefined;
  #waiting: Answered[] = [];
  #isFound: boolean;

  /** `wanted`: the thing with its kind; undefined when the run looks for nothing in particular. */
  constructor(wanted: string | undefined) {
    this.#wanted = wanted;
    this.#isFound = wanted === undefined;
  }

  /** Answers that can be told now. */
  take(answered: Answered): readonly Answered[] {
    if (!this.#isFound && answered.rows.length === 0) {
      this.#waiting.push(answered);
      return [];
    }
    return [...this.found(), answered];
  }

  /** Some node has it: what waited can be told. */
  found(): readonly Answered[] {
    this.#isFound = true;
    const waiting = this.#waiting;
    this.#waiting = [];
    return waiting;
  }

  /** What is left when every node has answered. */
  end(): readonly (Answered | Extract<RunEvent, { type: 'failed' }>)[] {
    const waiting = this.#waiting;
    this.#waiting = [];
    if (this.#isFound) return waiting;
    return waiting.map(({ node, endpoint, durationMs }) => ({
      type: 'failed',
      node,
      endpoint,
      durationMs,
      failure: failure({
        code: 'not-found',
        message: `${node} has no ${this.#wanted ?? ''}.`,
        hint: 'No node that answered has it: look at the spelling.',
        where: { node, endpoint },
      }),
    }));
  }
}
