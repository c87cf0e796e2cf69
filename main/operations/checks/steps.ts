import type { CheckState, CheckStep } from '../../../preload/contract/index.ts';
import { MAX_TEXT, shortened } from './progress-line.ts';

/** More checks than any Talos has. */
const MAX_STEPS = 64;

const ENDED: ReadonlySet<CheckState> = new Set<CheckState>(['ok', 'skipped', 'failed']);

/** The checks of one health check and how they stand. */
export class Steps {
  readonly #steps = new Map<string, CheckStep>();
  readonly #now: () => number;

  constructor(steps: readonly CheckStep[], now: () => number) {
    this.#now = now;
    for (const step of steps) this.#steps.set(step.name, step);
  }

  get all(): readonly CheckStep[] {
    return [...this.#steps.values()];
  }

  /** The one that is being tried; undefined between two. */
  get running(): CheckStep | undefined {
    return this.all.find(({ state }) => state === 'running');
  }

  /** Has this check had its turn, however it ended? */
  isOver(name: string): boolean {
    const state = this.#steps.get(name)?.state;
    return state !== undefined && ENDED.has(state);
  }

  /** Notes a state, its text cut to what can be shown; undefined when nothing changed, or too many checks are named. */
  set(name: string, state: CheckState, said = ''): CheckStep | undefined {
    const text = shortened(said, MAX_TEXT);
    const before = this.#steps.get(name);
    if (before === undefined && this.#steps.size === MAX_STEPS) return undefined;
    if (before?.state === state && (before.text ?? '') === text) return undefined;
    const nowMs = this.#now();
    const step: CheckStep = {
      ...{ name, state },
      ...(text !== '' && { text }),
      ...(state !== 'not-run' && { sinceMs: before?.sinceMs ?? nowMs }),
      ...(ENDED.has(state) && { endedAtMs: nowMs }),
    };
    this.#steps.set(name, step);
    return step;
  }

  /** What never had its turn, told so. */
  *leave(text: string): Generator<CheckStep> {
    for (const { name, state } of this.all) {
      const step = state === 'waiting' ? this.set(name, 'not-run', text) : undefined;
      if (step !== undefined) yield step;
    }
  }
}
