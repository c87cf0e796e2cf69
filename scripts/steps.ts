import { spawn } from 'node:child_process';

export interface Step {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Runs at the same time as the last step that is not beside another; several of them one after another. */
  readonly isBeside?: true;
}

export interface StepResult {
  readonly name: string;
  readonly ok: boolean;
  readonly tookMs: number;
  readonly output: string;
}

/** Runs one step, its output kept for counting; shown as it comes, or as a whole at its end. */
function runStep({ name, command, args }: Step, env: NodeJS.ProcessEnv, isShown: boolean): Promise<StepResult> {
  const startedAt = performance.now();
  if (isShown) console.log(`\n── ${name}`);
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const take = (chunk: Buffer, to: NodeJS.WriteStream): void => {
      output += chunk.toString();
      if (isShown) to.write(chunk);
    };
    child.stdout.on('data', (chunk: Buffer) => {
      take(chunk, process.stdout);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      take(chunk, process.stderr);
    });
    const end = (ok: boolean): void => {
      if (!isShown) console.log(`\n── ${name}\n${output.trimEnd()}`);
      resolve({ name, ok, tookMs: performance.now() - startedAt, output });
    };
    child.on('error', (error) => {
      output += error.message;
      if (isShown) console.error(error.message);
      end(false);
    });
    child.on('close', (code) => {
      end(code === 0);
    });
  });
}

/** Runs steps one after another, those beside one together with it; all of them, so that one run shows everything that is wrong. */
export async function runSteps(
  steps: readonly Step[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<readonly StepResult[]> {
  const results: StepResult[] = [];
  for (const [first, ...beside] of grouped(steps)) {
    const inTurn = async (lane: readonly Step[]): Promise<readonly StepResult[]> => {
      const done: StepResult[] = [];
      for (const step of lane) done.push(await runStep(step, env, beside.length === 0));
      return done;
    };
    results.push(...(await Promise.all([inTurn([first]), inTurn(beside)])).flat());
  }
  console.log('');
  for (const { name, ok, tookMs } of results) {
    console.log(`${ok ? 'ok    ' : 'FAILED'} ${name} (${(tookMs / 1000).toFixed(1)} s)`);
  }
  return results;
}

/** Each step with those beside it. */
function grouped(steps: readonly Step[]): readonly [Step, ...Step[]][] {
  const groups: [Step, ...Step[]][] = [];
  for (const step of steps) {
    const last = groups.at(-1);
    if (step.isBeside === true && last !== undefined) last.push(step);
    else groups.push([step]);
  }
  return groups;
}

/** `12 passed` and `3 failed` as Vitest and Playwright print them, without colour codes. */
export function countTests(output: string): { readonly passed: number; readonly failed: number } {
  // eslint-disable-next-line no-control-regex -- colour codes are control characters
  const plain = output.replace(/\u001b\[[0-9;]*m/g, '');
  const tests = /^\s*Tests\s+(.*)$/m.exec(plain)?.[1] ?? plain;
  const last = (pattern: RegExp): number => Number([...tests.matchAll(pattern)].at(-1)?.[1] ?? 0);
  return { passed: last(/(\d+) passed/g), failed: last(/(\d+) failed/g) };
}
