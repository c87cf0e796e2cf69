import { spawn } from 'node:child_process';

export interface Step {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

export interface StepResult {
  readonly name: string;
  readonly ok: boolean;
  readonly tookMs: number;
  readonly output: string;
}

/** Runs one step with its output shown as it comes, and kept for counting. */
export function runStep({ name, command, args }: Step, env: NodeJS.ProcessEnv = process.env): Promise<StepResult> {
  const startedAt = performance.now();
  console.log(`\n── ${name}`);
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const take = (chunk: Buffer, to: NodeJS.WriteStream): void => {
      output += chunk.toString();
      to.write(chunk);
    };
    child.stdout.on('data', (chunk: Buffer) => {
      take(chunk, process.stdout);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      take(chunk, process.stderr);
    });
    const end = (ok: boolean): void => {
      resolve({ name, ok, tookMs: performance.now() - startedAt, output });
    };
    child.on('error', (error) => {
      console.error(error.message);
      end(false);
    });
    child.on('close', (code) => {
      end(code === 0);
    });
  });
}

/** Runs steps one after another; all of them, so that one run shows everything that is wrong. */
export async function runSteps(steps: readonly Step[], env?: NodeJS.ProcessEnv): Promise<readonly StepResult[]> {
  const results: StepResult[] = [];
  for (const step of steps) results.push(await runStep(step, env));
  console.log('');
  for (const { name, ok, tookMs } of results) {
    console.log(`${ok ? 'ok    ' : 'FAILED'} ${name} (${(tookMs / 1000).toFixed(1)} s)`);
  }
  return results;
}

/** `12 passed` and `3 failed` as Vitest and Playwright print them, without colour codes. */
export function countTests(output: string): { readonly passed: number; readonly failed: number } {
  // eslint-disable-next-line no-control-regex -- colour codes are control characters
  const plain = output.replace(/\u001b\[[0-9;]*m/g, '');
  const tests = /^\s*Tests\s+(.*)$/m.exec(plain)?.[1] ?? plain;
  const last = (pattern: RegExp): number => Number([...tests.matchAll(pattern)].at(-1)?.[1] ?? 0);
  return { passed: last(/(\d+) passed/g), failed: last(/(\d+) failed/g) };
}
