import type { DeedRun } from './deed-run.ts';
import type { Machine } from './machine.ts';

/** Machines of a deed that follow each other. */
export interface Lane {
  readonly machines: readonly Machine[];
  /** So many are under way at a time, at least one. */
  readonly atOnce: number;
}

/** A machine where it failed. */
export interface FailedMachine {
  readonly machine: Machine;
  readonly error: unknown;
}

/**
 * Goes through the lanes one after another, and through the machines of each in their order, as many at once as it says. What fails
 * stops the rest: no further machine is begun, and what is under way ends. Resolves with what failed, first what failed first. `one`
 * never begins for a machine that was skipped, nor while the deed is paused. `whyWait` says why the next machine cannot be begun now,
 * if it cannot: then the deed pauses.
 */
export async function conduct(
  lanes: readonly Lane[],
  run: DeedRun,
  whyWait: (() => string | undefined) | undefined,
  one: (machine: Machine) => Promise<void>,
): Promise<readonly FailedMachine[]> {
  const failures: FailedMachine[] = [];
  for (const { machines, atOnce } of lanes) {
    const queue = [...machines];
    const work = async (): Promise<void> => {
      for (;;) {
        await mayGoOn(run, whyWait);
        if (run.isStopping) return;
        const machine = queue.shift();
        if (machine === undefined) return;
        if (run.isSkipped(machine)) continue;
        run.begins(machine);
        try {
          await one(machine);
        } catch (error) {
          failures.push({ machine, error });
          run.stop();
        } finally {
          run.ends(machine);
        }
      }
    };
    await Promise.all(Array.from({ length: Math.max(1, Math.min(atOnce, machines.length)) }, work));
    if (run.isStopping) break;
  }
  return failures;
}

async function mayGoOn(run: DeedRun, whyWait: (() => string | undefined) | undefined): Promise<void> {
  for (;;) {
    await run.mayGoOn();
    const why = run.isStopping ? undefined : whyWait?.();
    if (why === undefined) return;
    run.pause(why);
  }
}
