/**
 * `npm run bench`: every measure, or the ones named. `--rounds N` takes more or fewer samples. Prints a table, writes
 * .cache/bench/latest.json; `--write` puts the table into docs/performance.md. `--against COMMIT` (or a folder with another checkout and
 * its node_modules) measures that twice in turns with this one, says what became slower and ends with 1 if anything did. A measure that
 * fails is said and left out, and the script ends with 1.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { MEASURES } from './bench/all.ts';
import { otherCheckout } from './bench/other-checkout.ts';
import { comparison, isSlower, LEAST_ROUNDS, type Compared } from './bench/compare.ts';
import { describeMachine, machineLine } from './bench/machine.ts';
import type { Measure, Subject } from './bench/measure.ts';
import { table, withTable, type Result } from './bench/report.ts';
import { takeTurns } from './bench/take-turns.ts';
import { ensureBuilt } from './build-if-stale.ts';
import { displayCommand, hasDisplay } from './display.ts';
import { ensureRuntime } from './runtime.ts';
import { say } from './say.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OUTPUT = '.cache/bench';

interface Wish {
  readonly measures: readonly Measure[];
  readonly rounds: number | undefined;
  readonly against: string | undefined;
  readonly writes: boolean;
}

function readWish(argv: readonly string[]): Wish {
  const options = { rounds: { type: 'string' }, against: { type: 'string' }, write: { type: 'boolean' } } as const;
  const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true });
  const unknown = positionals.filter((name) => !MEASURES.some((measure) => measure.name === name));
  if (unknown.length > 0) {
    throw new Error(
      `There is no measure ${unknown.join(', ')}. There are: ${MEASURES.map(({ name }) => name).join(', ')}.`,
    );
  }
  return {
    measures: MEASURES.filter(({ name }) => positionals.length === 0 || positionals.includes(name)),
    rounds: values.rounds === undefined ? undefined : Number(values.rounds),
    against: values.against,
    writes: values.write === true,
  };
}

async function bench(wish: Wish): Promise<void> {
  if (wish.against === undefined) return measure(wish, []);
  const other = otherCheckout(ROOT, wish.against);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      other.remove();
      process.exit(1);
    });
  }
  try {
    await ensureBuilt(other.root);
    // Twice: what it differs by from itself is chance.
    await measure(wish, [other.root, other.root]);
  } finally {
    other.remove();
  }
}

/** Measures this checkout, and others in turns with it. */
async function measure({ measures, rounds, against, writes }: Wish, others: readonly string[]): Promise<void> {
  const runtime = await ensureRuntime();
  await ensureBuilt(ROOT);
  const subjects = [ROOT, ...others].map((root): Subject => ({ root, runtime }));
  const machine = describeMachine(ROOT, runtime);
  const results: Result[] = [];
  const compared: Compared[] = [];
  for (const measure of measures) {
    const count = rounds ?? (others.length > 0 ? Math.max(measure.rounds, LEAST_ROUNDS) : measure.rounds);
    const onRound = (round: number): void => say(`${measure.name} ${round + 1}/${count}`);
    const taken = await takeTurns(measure, subjects, count, onRound).catch((error: unknown) => {
      // What was measured before it took minutes, and is still true.
      say(`${measure.name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      process.exitCode = 1;
    });
    if (taken === undefined) continue;
    measure.figures.forEach((figure, index) => {
      const [samples = [], before, beforeAgain] = taken.map((each) => each[index] ?? []);
      results.push({ ...figure, samples });
      if (before && beforeAgain) compared.push({ ...figure, samples, before, beforeAgain });
    });
  }
  mkdirSync(join(ROOT, OUTPUT), { recursive: true });
  const stamp = new Date().toISOString().replace(/[:.]/g, '-');
  const text = `${JSON.stringify({ at: new Date().toISOString(), machine, against, results, compared }, null, 2)}\n`;
  for (const name of ['latest', stamp]) writeFileSync(join(ROOT, OUTPUT, `${name}.json`), text);
  const shown = `${machineLine(machine)}\n\n${table(results)}`;
  console.log(`\n${shown}`);
  // Otherwise lines would go from the document.
  if (writes && process.exitCode !== 1) {
    const document = join(ROOT, 'docs/performance.md');
    writeFileSync(document, withTable(readFileSync(document, 'utf8'), shown));
  }
  if (against !== undefined) console.log(`\nBeside ${against}:\n\n${comparison(compared)}`);
  if (compared.some(isSlower)) process.exitCode = 1;
}

/** Without a display, all of it runs below one invisible one. */
if (!hasDisplay(process.env)) {
  const { command, args } = displayCommand(process.execPath, process.argv.slice(1));
  process.exitCode = spawnSync(command, args, { stdio: 'inherit' }).status ?? 1;
} else {
  await bench(readWish(process.argv.slice(2))).catch((error: unknown) => {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exitCode = 1;
  });
}
