import type { Rehearsal } from '../../../../preload/contract/index.ts';
import { Failed } from '../../../lib/failed.ts';
import type { Observable } from '../../../lib/observable.ts';
import { Rehearsing, type PlanOn, type ToRehearse } from './rehearsing.ts';
import type { RehearsalTools } from './simulated-cluster.ts';

/** Kinds of deeds whose machines the simulator does all of. */
const KINDS: ReadonlySet<string> = new Set(['reboot', 'shutdown', 'upgrade', 'rollback', 'reset', 'service']);

/** Tries plans out on simulated clusters, one at a time. */
export class Rehearsals {
  readonly #tools: RehearsalTools;
  readonly #planOn: PlanOn;
  /** Those that are not gone yet: mostly none, and one more than one while that is being given up. */
  readonly #running = new Map<AbortController, Promise<void>>();

  constructor(tools: RehearsalTools, planOn: PlanOn) {
    this.#tools = tools;
    this.#planOn = planOn;
  }

  /** Whether deeds of a kind can be rehearsed. */
  can(kind: string): boolean {
    return this.#tools.startRehearsal !== undefined && KINDS.has(kind);
  }

  /**
   * Begins at once; all of it goes when the signal aborts. Throws Failed `not-supported` for a kind of deed that cannot be rehearsed,
   * and `busy` while another rehearsal is under way.
   */
  begin(what: ToRehearse, signal: AbortSignal): Observable<Rehearsal> {
    if (!this.can(what.shape.kind)) {
      throw new Failed({ code: 'not-supported', message: 'This kind of deed cannot be rehearsed.' });
    }
    if ([...this.#running.keys()].some((one) => !one.signal.aborted)) {
      throw new Failed({
        code: 'busy',
        message: 'Another plan is being rehearsed.',
        hint: 'End that rehearsal first.',
      });
    }
    const ending = new AbortController();
    signal.addEventListener('abort', () => ending.abort(), { once: true });
    const before = [...this.#running.values()];
    const rehearsing = new Rehearsing(what, this.#tools, this.#planOn);
    const over = Promise.all(before)
      .then(() => rehearsing.run(AbortSignal.any([signal, ending.signal])))
      .finally(() => this.#running.delete(ending));
    this.#running.set(ending, over);
    return rehearsing;
  }

  /** Ends all of them. Resolves when nothing of them is left. */
  async close(): Promise<void> {
    for (const ending of this.#running.keys()) ending.abort();
    await Promise.all(this.#running.values());
  }
}
